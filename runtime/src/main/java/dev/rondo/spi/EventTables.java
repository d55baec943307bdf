package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** The part of the runtime that {@link Events} calls: events without a plan, and everything that a plan does not do itself. */
public interface EventTables {
    /**
     * Calls the handlers of an event through their tables: all of them, or those after the first {@code done} of {@link
     * CallbackPlan#calls}.
     */
    void call(Event event, Phase phase, int done) throws CancelException;

    /**
     * The exception to throw in place of one that a plan's handler threw.
     *
     * @param at the index of the handler in {@link CallbackPlan#calls}
     * @throws CancelException if it is a cancel
     */
    RuntimeException failure(Event event, int at, Throwable thrown) throws CancelException;
}
