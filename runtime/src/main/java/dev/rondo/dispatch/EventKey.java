package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.spi.CallbackTable;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the 24 events, or a custom event, which is an annotation.
 *
 * @param event the event; null for a custom one
 * @param custom the custom event; null for one of the 24
 * @param name the name in messages, for example {@code before_batch}
 */
public record EventKey(@Nullable Event event, @Nullable Class<? extends Annotation> custom, String name) {
    private static final List<EventKey> EVENTS = Arrays.stream(Event.values())
            .map(e -> new EventKey(e, null, e.lowerCaseName()))
            .toList();

    /** The number of every custom event. */
    static final int CUSTOM = EVENTS.size();

    static EventKey of(Event event) {
        return of(event.ordinal());
    }

    /** The key of the event with this number. */
    static EventKey of(int number) {
        return EVENTS.get(number);
    }

    static EventKey of(Class<? extends Annotation> custom) {
        String name = custom.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1_$2");
        return new EventKey(null, custom, name.toLowerCase(Locale.ROOT));
    }

    /** The number of the event, or {@link #CUSTOM}. */
    int number() {
        return event != null ? event.ordinal() : CUSTOM;
    }

    /** Whether a handler handles this event. */
    boolean matches(CallbackTable<?> table, int handler) {
        return event != null ? table.event(handler) == event : table.customEvent(handler) == custom;
    }

    /** Whether the event is inside a batch, where a handler runs only in the phases of its callback. */
    boolean insideBatch(CallbackTable<?> table, int handler) {
        if (event != null) return event.insideBatch();
        Scope within = table.within(handler);
        return within == Scope.BATCH || within == Scope.BACKWARD || within == Scope.STEP;
    }
}
