package dev.rondo.processor.check;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** A plan without host reads has no handler inside a batch that acknowledges one. Others are found in the bodies of handlers. */
final class PlanHostReadCheck implements PlanCheck {
    @Override
    public void check(Plan plan, Reports reports) {
        if (plan.hostReads()) return;
        for (Plan.Call call : plan.calls()) {
            if (!call.slot().handled().insideBatch()
                    || call.slot().handler().hostRead().isEmpty()) continue;
            PlanCheck.report(
                    plan,
                    call.member(),
                    reports,
                    Diagnostic.PLAN_HOST_READ,
                    call.callbackName(),
                    call.slot().handled().name(),
                    call.slot().handler().name());
        }
    }
}
