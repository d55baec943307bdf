package dev.rondo.spi;

import dev.rondo.event.CancelException;
import dev.rondo.event.Event;

/** What a plan asks of the runtime between and behind the calls of an event. */
public abstract class PlanRun {
    /** Nothing is left to do at an event. */
    public static final int ALL = Integer.MAX_VALUE;

    private int changes;

    /** For the runtime. */
    protected PlanRun() {}

    /** The number of changes so far: switches, orders, additions, removals. A plain field, so that compilers drop what cannot differ. */
    public final int changes() {
        return changes;
    }

    /** Notes a change. */
    protected final void changed() {
        changes++;
    }

    /**
     * What becomes of an exception that a handler threw.
     *
     * @param at its place in {@link CallbackPlan#calls}
     * @return what to throw in its place
     * @throws CancelException if it is a cancel
     */
    public abstract RuntimeException failure(Event event, int at, Exception thrown) throws CancelException;
}
