package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.type.TypeMirror;

/** A handler takes the learner of its class, or a superclass of that learner. */
final class LearnerTypeCheck implements Check {
    private final TypeRules rules;

    LearnerTypeCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        TypeMirror learner = callback.learner().element().asType();
        for (Handler handler : callback.handlers()) {
            for (Parameter parameter : handler.parameters()) {
                TypeMirror type = parameter.element().asType();
                if (parameter instanceof Parameter.OfLearner && !rules.isA(learner, type)) {
                    reports.report(
                            parameter.element(), Diagnostic.LEARNER_TYPE, TypeRules.display(rules.erasure(type)));
                }
            }
        }
    }
}
