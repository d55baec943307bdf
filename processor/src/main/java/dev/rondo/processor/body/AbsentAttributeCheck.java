package dev.rondo.processor.body;

import dev.rondo.event.Event;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.report.Diagnostic;
import java.util.List;
import javax.lang.model.type.TypeKind;

/**
 * An attribute that a handler reads through the learner has a value at each of its events, unless a condition makes sure of it. A condition
 * that is not understood may tell the events of a handler apart.
 */
final class AbsentAttributeCheck implements BodyCheck {
    private static final String LOSS = "loss";

    @Override
    public void check(Handled handled, Findings findings) {
        for (Use.Read read : handled.usesNow(Use.Read.class)) {
            Attribute attribute = read.attribute();
            // Flags, such as those that say whether another attribute is there, always have a value.
            if (read.when().guarded() || attribute.type().getKind() == TypeKind.BOOLEAN) continue;
            List<Event> absent = handled.events().stream()
                    .filter(event -> !attribute.readyAt(event))
                    .toList();
            boolean everywhere =
                    absent.size() == handled.handler().handledEvents().size();
            if (absent.isEmpty() || read.when().conditional() && !everywhere) continue;
            Event event = absent.get(0);
            findings.report(
                    read.place(),
                    Diagnostic.ATTRIBUTE_NOT_READY_IN_BODY,
                    attribute.name(),
                    event,
                    handled.handler().name(),
                    attribute.from(),
                    attribute.until(),
                    event.compareTo(attribute.from()) < 0 ? attribute.from() : attribute.until(),
                    guard(attribute));
        }
    }

    /** How to ask whether it is there. */
    private static String guard(Attribute attribute) {
        if (attribute.name().equals(LOSS)) return ", or ask hasLoss() first"; // kept after the batch
        return switch (attribute.from()) {
            case AFTER_PRED -> ", or ask predicted() first";
            case AFTER_LOSS -> ", or ask lossComputed() first";
            default -> "";
        };
    }
}
