package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** A plan also lists the callbacks that its callbacks require. */
final class PlanRequirementCheck implements PlanCheck {
    private final TypeRules rules;

    PlanRequirementCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(Plan plan, Reports reports) {
        for (Plan.Member member : plan.members()) {
            Optional<CallbackClass> callback = member.callback();
            while (callback.isPresent()) {
                for (TypeElement required : callback.get().requires()) {
                    if (plan.members().stream().noneMatch(m -> rules.isA(m.type(), required.asType()))) {
                        String name = TypeRules.display(rules.erasure(member.type()));
                        PlanCheck.report(plan, reports, Diagnostic.PLAN_REQUIREMENT, name, required.getSimpleName());
                    }
                }
                callback = callback.get().base().map(CallbackClass.Base::callback);
            }
        }
    }
}
