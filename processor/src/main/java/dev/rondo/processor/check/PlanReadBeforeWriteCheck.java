package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** A handler that reads an attribute runs after the callback that sets it at that event; otherwise it reads the value of an earlier batch. */
final class PlanReadBeforeWriteCheck implements PlanCheck {
    @Override
    public void check(Plan plan, Reports reports) {
        List<Plan.Call> calls = plan.calls();
        for (Plan.Call reader : calls) {
            for (String name : reader.slot().reads()) {
                laterWriter(reader, name, calls)
                        .ifPresent(writer -> PlanCheck.report(
                                plan,
                                reports,
                                Diagnostic.PLAN_READ_BEFORE_WRITE,
                                reader.callbackName(),
                                reader.orderText(),
                                name,
                                reader.slot().handled().name(),
                                writer.callbackName(),
                                writer.orderText()));
            }
        }
    }

    /** The only call that sets what a handler reads earlier. */
    static Optional<Plan.Call> laterWriter(Plan.Call reader, String name, List<Plan.Call> calls) {
        Attribute attribute = reader.callback().learner().attributes().get(name);
        if (attribute == null || setByTheLoop(attribute)) return Optional.empty();
        List<Plan.Call> writers =
                calls.stream().filter(call -> call.writes(name)).toList();
        return writers.stream().findFirst().filter(first -> writers.stream()
                .allMatch(w -> follows(w, reader, first, calls)));
    }

    /** The loop sets the attributes of the learner that have no owners. Only callbacks set the others. */
    private static boolean setByTheLoop(Attribute attribute) {
        TypeElement learner = (TypeElement) attribute.accessor().getEnclosingElement();
        return attribute.owners().isEmpty() && TypeRules.inPackage(learner, RondoNames.LEARNER_PACKAGE);
    }

    /** Whether a writer runs after a reader at the same event, and is the only callback that writes. */
    private static boolean follows(Plan.Call writer, Plan.Call reader, Plan.Call first, List<Plan.Call> calls) {
        return writer.member() == first.member()
                && writer.member() != reader.member()
                && writer.slot().handled().equals(reader.slot().handled())
                && writer.meets(reader)
                && calls.indexOf(reader) < calls.indexOf(writer);
    }
}
