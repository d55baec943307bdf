package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** The runtime behind {@link Events}: what has no plan, and what a plan does not do itself. */
public interface EventTables {
    /** Calls the handlers of an event from their tables: all, or those behind so many of {@link CallbackPlan#calls}. */
    void call(Event event, Phase phase, int done) throws CancelException;

    /**
     * What to throw in place of what a plan's handler threw.
     *
     * @param at the place of the handler in {@link CallbackPlan#calls}
     * @throws CancelException if it is a cancel
     */
    RuntimeException failure(Event event, int at, Throwable thrown) throws CancelException;
}
