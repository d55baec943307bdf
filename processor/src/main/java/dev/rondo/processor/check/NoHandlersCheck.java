package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** A class with {@code @Callback} has handlers. */
final class NoHandlersCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        if (callback.options().isPresent() && callback.slots().isEmpty()) {
            reports.report(callback.element(), Diagnostic.NO_HANDLERS, callback.name());
        }
    }
}
