package dev.rondo.processor.check;

import dev.rondo.event.CancelException;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;

/** A handler declares the cancels that it raises, not {@code CancelException}. */
final class CancelTooWideCheck implements Check {
    private final TypeRules rules;

    CancelTooWideCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            rules.thrown(handler.method(), CancelException.class)
                    .ifPresent(type -> reports.report(
                            Place.thrown(handler.method(), type), Diagnostic.CANCEL_TOO_WIDE, handler.name()));
        }
    }
}
