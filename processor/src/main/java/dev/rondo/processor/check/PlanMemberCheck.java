package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** A listed class has a table, and generated code can name it. */
final class PlanMemberCheck implements PlanCheck {
    private final TypeRules rules;

    PlanMemberCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(Plan plan, Reports reports) {
        if (plan.members().isEmpty()) PlanCheck.report(plan, reports, Diagnostic.PLAN_EMPTY);
        for (Plan.Member member : plan.members()) {
            if (member.callback().isEmpty()) {
                PlanCheck.report(plan, member, reports, Diagnostic.PLAN_MEMBER, TypeRules.display(member.type()));
                continue;
            }
            hidden(rules.element(member.type()), member.callback().get(), plan)
                    .ifPresent(e -> PlanCheck.report(
                            plan,
                            member,
                            reports,
                            Diagnostic.PLAN_MEMBER_NOT_ACCESSIBLE,
                            TypeRules.display(rules.erasure(member.type())),
                            e.getSimpleName()));
        }
    }

    private Optional<Element> hidden(TypeElement type, CallbackClass callback, Plan plan) {
        return type.asType().getKind() == TypeKind.DECLARED
                ? rules.hidden(type, plan.element()).or(() -> rules.hidden(callback.element(), plan.element()))
                : Optional.empty();
    }
}
