package dev.rondo.processor.check;

import dev.rondo.event.Event;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.EnumSet;
import java.util.Set;

/** {@code @On} lists at least one event, and each once. */
final class EventsCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (Handler handler : callback.handlers()) {
            if (handler.events().isEmpty()) {
                reports.report(Place.of(handler.method(), handler.on()), Diagnostic.NO_EVENT, handler.name());
            }
            Set<Event> seen = EnumSet.noneOf(Event.class);
            for (Handler.EventValue event : handler.events()) {
                if (!seen.add(event.event())) {
                    reports.report(
                            Place.of(handler.method(), handler.on(), event.value()),
                            Diagnostic.REPEATED_EVENT,
                            handler.name(),
                            event.event());
                }
            }
        }
    }
}
