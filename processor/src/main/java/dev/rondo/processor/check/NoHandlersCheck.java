package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.SavedField;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Modifier;

/** A class with {@code @Callback} has handlers. */
final class NoHandlersCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        if (callback.options().isPresent() && callback.slots().isEmpty()) {
            reports.report(callback.element(), Diagnostic.NO_HANDLERS, callback.name());
        } else if (callback.slots().isEmpty()
                && callback.element().getModifiers().contains(Modifier.FINAL)) {
            for (SavedField field : callback.saved()) { // no subclass saves them either
                reports.report(field.element(), Diagnostic.NOTHING_SAVED, field.name(), callback.name());
            }
        }
    }
}
