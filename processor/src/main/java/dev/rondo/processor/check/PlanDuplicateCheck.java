package dev.rondo.processor.check;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** Each class is listed once. */
final class PlanDuplicateCheck implements PlanCheck {
    private final TypeRules rules;

    PlanDuplicateCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(Plan plan, Reports reports) {
        for (Plan.Member member : plan.members()) {
            boolean again = plan.members().stream()
                    .limit(member.number())
                    .anyMatch(before -> rules.same(before.type(), member.type()));
            if (again) {
                String name = TypeRules.display(rules.erasure(member.type()));
                PlanCheck.report(plan, member, reports, Diagnostic.PLAN_DUPLICATE, name);
            }
        }
    }
}
