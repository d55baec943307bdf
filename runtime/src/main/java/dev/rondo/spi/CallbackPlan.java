package dev.rondo.spi;

import dev.rondo.event.Event;
import java.util.List;

/**
 * A fixed set of callbacks. One method for each event calls their handlers in their final order. The annotation processor generates it for
 * a {@link dev.rondo.annotation.TrainingPlan}. The runtime uses it while a learner has exactly these callbacks, with the switches and
 * orders that their classes declare; otherwise it uses their tables.
 *
 * @param <L> the learner that the handlers read and write
 */
public interface CallbackPlan<L> {
    /** The version of the contract that this plan was compiled against. */
    int contract();

    /** The class of learner that {@link #bind} accepts. */
    Class<L> learnerType();

    /** The tables of the callbacks, in the order of their registration. */
    List<CallbackTable<? super L>> tables();

    /**
     * The handlers of an event in the order in which {@link Events} calls them, as pairs: the index of a table and the number of its
     * handler. It includes handlers that run only in one phase.
     */
    int[] calls(Event event);

    /**
     * Creates the calls for one learner. The result overrides the methods of the events that have handlers. It also overrides {@link
     * Events#loop}, which makes the loop faster and changes nothing else.
     */
    Events bind(L learner, EventTables tables);
}
