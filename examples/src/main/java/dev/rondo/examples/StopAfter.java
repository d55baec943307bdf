package dev.rondo.examples;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** Ends a fit after a number of training batches. */
@Callback(order = 80, runs = Phase.TRAIN)
final class StopAfter {
    private final int batches;

    /** @param batches at least 1 */
    StopAfter(int batches) {
        this.batches = batches;
    }

    @On(Event.AFTER_BATCH)
    void stop(int trainIter) throws CancelFitException {
        if (trainIter >= batches) throw CancelFitException.INSTANCE;
    }
}
