package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.spi.CallbackTable;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What handlers are called for: one of the 24 events, or an event of a user's own, which is an annotation.
 *
 * @param event the event; null for a user's own
 * @param custom the user's own; null for an event
 * @param name as messages have it, {@code before_batch}
 */
public record EventKey(Event event, Class<? extends Annotation> custom, String name) {
    private static final List<EventKey> EVENTS = Arrays.stream(Event.values())
            .map(e -> new EventKey(e, null, e.lowerCaseName()))
            .toList();

    /** The place of every event of a user's own. */
    static final int CUSTOM = EVENTS.size();

    static EventKey of(Event event) {
        return of(event.ordinal());
    }

    /** That of an event's number. */
    static EventKey of(int place) {
        return EVENTS.get(place);
    }

    /** The number of the event, or {@link #CUSTOM}. */
    int place() {
        return event != null ? event.ordinal() : CUSTOM;
    }

    static EventKey of(Class<? extends Annotation> custom) {
        return new EventKey(
                null,
                custom,
                custom.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
    }

    /** Whether a handler is for this. */
    boolean matches(CallbackTable<?> table, int handler) {
        return event != null ? table.event(handler) == event : table.customEvent(handler) == custom;
    }

    /** Whether a handler of this is filtered by the phases in which its callback runs. */
    boolean insideBatch(CallbackTable<?> table, int handler) {
        if (event != null) return event.insideBatch();
        Scope within = table.within(handler);
        return within == Scope.BATCH || within == Scope.BACKWARD || within == Scope.STEP;
    }
}
