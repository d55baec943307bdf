package dev.rondo.processor.check;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;

/** One rule for a set of callbacks. */
interface PlanCheck {
    /** Reports where the plan breaks the rule. */
    void check(Plan plan, Reports reports);

    /** Reports a fault of the set, at its annotation. */
    static void report(Plan plan, Reports reports, Diagnostic diagnostic, Object... arguments) {
        reports.report(Place.of(plan.element(), plan.mirror()), diagnostic, arguments);
    }

    /** Reports a fault of a listed class, where it is listed. */
    static void report(Plan plan, Plan.Member member, Reports reports, Diagnostic diagnostic, Object... arguments) {
        reports.report(Place.of(plan.element(), plan.mirror(), member.value()), diagnostic, arguments);
    }
}
