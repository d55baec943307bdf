package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Modifier;

/** Only classes have tables. */
final class HandlerInInterfaceCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        if (!callback.element().getKind().isInterface()) return;
        for (Handler handler : callback.handlers()) {
            if (handler.method().getModifiers().contains(Modifier.DEFAULT)) {
                reports.report(handler.method(), Diagnostic.HANDLER_IN_INTERFACE, handler.name());
            }
        }
    }
}
