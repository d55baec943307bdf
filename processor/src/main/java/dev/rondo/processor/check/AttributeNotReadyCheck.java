package dev.rondo.processor.check;

import dev.rondo.event.Event;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.stream.Stream;

/** An attribute that a handler reads has a value at each of its events. Custom events may fire anywhere, so they are not checked. */
final class AttributeNotReadyCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            for (Parameter parameter : handler.parameters()) {
                if (parameter instanceof Parameter.OfAttribute p) check(handler, p, reports);
            }
        }
    }

    private static void check(Handler handler, Parameter.OfAttribute parameter, Reports reports) {
        Attribute attribute = parameter.attribute();
        handler.handledEvents().stream()
                .flatMap(handled -> handled instanceof HandledEvent.BuiltIn b ? Stream.of(b.event()) : Stream.empty())
                .filter(event -> !attribute.readyAt(event))
                .findFirst()
                .ifPresent(event -> reports.report(
                        parameter.element(),
                        Diagnostic.ATTRIBUTE_NOT_READY,
                        attribute.name(),
                        event,
                        attribute.from(),
                        attribute.until(),
                        nearest(attribute, event)));
    }

    private static Event nearest(Attribute attribute, Event event) {
        return event.compareTo(attribute.from()) < 0 ? attribute.from() : attribute.until();
    }
}
