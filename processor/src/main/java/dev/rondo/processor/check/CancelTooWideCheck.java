package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** A handler says which cancels it raises, not that it raises some. */
final class CancelTooWideCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            if (handler.cancelsAny()) reports.report(handler.method(), Diagnostic.CANCEL_TOO_WIDE, handler.name());
        }
    }
}
