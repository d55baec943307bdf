package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.HashSet;
import java.util.Set;

/** {@code @On} lists at least one event, and each once. */
final class EventsCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            Set<HandledEvent> seen = new HashSet<>();
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                if (annotation.events().isEmpty()) {
                    reports.report(
                            Place.of(handler.method(), annotation.mirror()), Diagnostic.NO_EVENT, handler.name());
                }
                for (Handler.EventValue event : annotation.events()) {
                    if (!seen.add(event.handled())) {
                        reports.report(
                                Place.of(handler.method(), annotation.mirror(), event.value()),
                                Diagnostic.REPEATED_EVENT,
                                handler.name(),
                                event.handled().name());
                    }
                }
            }
        }
    }
}
