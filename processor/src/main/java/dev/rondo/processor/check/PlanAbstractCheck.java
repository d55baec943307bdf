package dev.rondo.processor.check;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** A listed class is concrete. */
final class PlanAbstractCheck implements PlanCheck {
    @Override
    public void check(Plan plan, Reports reports) {
        for (Plan.Member member : plan.members()) {
            if (member.type() instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement type
                    && type.getModifiers().contains(Modifier.ABSTRACT)) {
                PlanCheck.report(plan, member, reports, Diagnostic.PLAN_ABSTRACT, type.getSimpleName());
            }
        }
    }
}
