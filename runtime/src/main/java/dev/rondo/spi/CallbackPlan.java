package dev.rondo.spi;

import dev.rondo.event.Event;
import java.util.List;

/**
 * A set of callbacks with the calls of each event in one method, in their final order: what the annotation processor generates for
 * {@link dev.rondo.annotation.TrainingPlan}. The runtime uses it while a learner has exactly these callbacks and nothing about them has
 * been changed, and their tables otherwise.
 *
 * @param <L> the learner that the handlers read and write
 */
public interface CallbackPlan<L> {
    /** The version of the contract that this plan was compiled against. */
    int contract();

    /** The class of learner that {@link #bind} accepts. */
    Class<L> learnerType();

    /** The tables of the callbacks, in the sequence of their registration. */
    List<CallbackTable<? super L>> tables();

    /**
     * The handlers of an event in the order in which {@link Events} calls them: the number of a table, of its handler, of the next table,
     * and so on. Those that a phase leaves out are among them.
     */
    int[] calls(Event event);

    /**
     * The calls, for one learner. What it returns overrides the methods of the events that have handlers, and {@link Events#loop}, without
     * which it does the same, but not as fast.
     */
    Events bind(L learner, EventTables tables);
}
