package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.TypeElement;

/** One learner serves all callbacks: the most specific one that they name. */
final class PlanLearnerCheck implements PlanCheck {
    private final TypeRules rules;

    PlanLearnerCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(Plan plan, Reports reports) {
        plan.learner().ifPresent(learner -> {
            for (Plan.Member member : plan.members()) {
                TypeElement needed = member.callback()
                        .map(CallbackClass::learner)
                        .map(l -> l.element())
                        .orElse(learner);
                if (!rules.isA(learner.asType(), needed.asType())) {
                    PlanCheck.report(
                            plan,
                            member,
                            reports,
                            Diagnostic.BASE_LEARNER_TYPE,
                            TypeRules.display(rules.erasure(member.type())),
                            needed.getSimpleName(),
                            learner.getSimpleName());
                }
            }
        });
    }
}
