package dev.rondo.processor.check;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.List;

/** One rule for a set of callbacks. */
interface PlanCheck {
    /**
     * Reports where the plan breaks the rule.
     *
     * @param calls all handlers of the plan, in the order in which they are called
     */
    void check(Plan plan, List<Plan.Call> calls, Reports reports);

    /** Reports a fault of the set, at its annotation. */
    static void report(Plan plan, Reports reports, Diagnostic diagnostic, Object... arguments) {
        reports.report(Place.of(plan.element(), plan.mirror()), diagnostic, arguments);
    }

    /** Reports a fault of a listed class, where it is listed. */
    static void report(Plan plan, Plan.Member member, Reports reports, Diagnostic diagnostic, Object... arguments) {
        reports.report(Place.of(plan.element(), plan.mirror(), member.value()), diagnostic, arguments);
    }

    /** An order as people write it. */
    static String number(double order) {
        return order == Math.rint(order) && !Double.isInfinite(order)
                ? String.valueOf((long) order)
                : String.valueOf(order);
    }
}
