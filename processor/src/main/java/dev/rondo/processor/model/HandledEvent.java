package dev.rondo.processor.model;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** An event that a handler handles: one of the 24, or a custom event. */
public sealed interface HandledEvent {
    /** The name in messages: {@code AFTER_LOSS}, {@code @AfterGeneratorStep}. */
    String name();

    /** The built-in event with the same scope, phases and cancels. */
    Event place();

    /** The scopes that a handler may cancel. */
    default Set<Scope> cancels() {
        return place().cancels();
    }

    /** The phases in which it fires. */
    default Set<Phase> phases() {
        return place().phases();
    }

    /** The kinds of runs in which it fires, in a phase. */
    default Set<RunKind> kinds(Phase phase) {
        return place().kinds(phase);
    }

    /** Whether {@code @Callback(kinds)} filters its handlers: it belongs to a run. */
    default boolean insideRun() {
        return place() != Event.AFTER_CREATE;
    }

    /** Whether {@code @Callback(runs)} filters its handlers. */
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

        /** It fires inside a scope, as does the event that opens the scope. */
        @Override
        public Event place() {
            return Event.valueOf("BEFORE_" + within);
        }
    }
}
