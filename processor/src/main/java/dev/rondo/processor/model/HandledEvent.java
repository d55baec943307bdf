package dev.rondo.processor.model;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** What a handler is called for: one of the 24 events, or an event of a user's own. */
public sealed interface HandledEvent {
    /** As messages have it: {@code AFTER_LOSS}, {@code @AfterGeneratorStep}. */
    String name();

    /** The event whose facts hold for it. */
    Event place();

    /** The scopes that a handler may cancel. */
    default Set<Scope> cancels() {
        return place().cancels();
    }

    /** The phases in which it fires. */
    default Set<Phase> phases() {
        return place().phases();
    }

    /** Whether the phases in which a callback runs count. */
    default boolean insideBatch() {
        return place().insideBatch();
    }

    /** One of the 24. */
    record BuiltIn(Event event) implements HandledEvent {
        @Override
        public String name() {
            return event.name();
        }

        @Override
        public Event place() {
            return event;
        }
    }

    /** An annotation marked {@code @EventType}. */
    record Custom(TypeElement annotation, Scope within) implements HandledEvent {
        @Override
        public String name() {
            return "@" + annotation.getSimpleName();
        }

        /** It is fired inside a scope, as the event is that opens the scope. */
        @Override
        public Event place() {
            return Event.valueOf("BEFORE_" + within);
        }
    }
}
