package dev.rondo.processor.check;

import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two callbacks with equal order whose effects depend on each other need different orders; otherwise the sequence in which they are listed
 * decides. If neither states its order, this is reported only if both write the same attribute.
 */
final class PlanConflictCheck implements PlanCheck {
    @Override
    public void check(Plan plan, Reports reports) {
        List<Plan.Call> calls = plan.calls();
        for (int i = 0; i < calls.size(); i++) {
            for (int j = i + 1; j < calls.size(); j++) {
                Plan.Call one = calls.get(i), other = calls.get(j);
                boolean tie = one.order() == other.order()
                        && one.slot().handled().equals(other.slot().handled())
                        && !one.type().equals(other.type())
                        && one.meets(other);
                if (tie) check(plan, one, other, calls, reports);
            }
        }
    }

    private static void check(Plan plan, Plan.Call one, Plan.Call other, List<Plan.Call> calls, Reports reports) {
        String event = one.slot().handled().name();
        String order = one.orderText();
        Optional<String> both = one.slot().handler().writtenNames().stream()
                .filter(other::writes)
                .findFirst();
        if (both.isPresent()) {
            PlanCheck.report(
                    plan,
                    reports,
                    Diagnostic.PLAN_WRITE_CONFLICT,
                    one.callbackName(),
                    other.callbackName(),
                    both.get(),
                    event,
                    order);
        } else if (one.statesOrder() && other.statesOrder()) {
            effect(one, other, calls)
                    .ifPresent(effect -> PlanCheck.report(
                            plan,
                            reports,
                            Diagnostic.PLAN_TIE,
                            one.callbackName(),
                            other.callbackName(),
                            order,
                            event,
                            effect));
        }
    }

    /** Why the sequence matters. */
    private static Optional<String> effect(Plan.Call one, Plan.Call other, List<Plan.Call> calls) {
        if (cancels(one.slot().handler()) && cancels(other.slot().handler())) return Optional.of("both may cancel");
        return Stream.concat(written(one, other, calls), written(other, one, calls))
                .findFirst();
    }

    /** Leaves reads that come too early to another check. */
    private static Stream<String> written(Plan.Call writer, Plan.Call reader, List<Plan.Call> calls) {
        return reader.slot().reads().stream()
                .filter(writer::writes)
                .filter(name -> PlanReadBeforeWriteCheck.laterWriter(reader, name, calls)
                        .isEmpty())
                .map(name ->
                        writer.callbackName() + " writes '" + name + "', which " + reader.callbackName() + " reads");
    }

    private static boolean cancels(Handler handler) {
        return handler.cancelsAny() || !handler.cancels().isEmpty();
    }
}
