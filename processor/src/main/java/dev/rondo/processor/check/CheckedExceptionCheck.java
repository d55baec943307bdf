package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import javax.lang.model.type.TypeMirror;

/** A handler throws only cancels and unchecked exceptions. */
final class CheckedExceptionCheck implements Check {
    private final TypeRules rules;

    CheckedExceptionCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (TypeMirror thrown : handler.method().getThrownTypes()) {
                if (!rules.mayLeaveHandler(thrown)) {
                    reports.report(
                            Place.thrown(handler.method(), thrown),
                            Diagnostic.CHECKED_EXCEPTION,
                            handler.name(),
                            TypeRules.display(thrown));
                }
            }
        }
    }
}
