package dev.rondo.examples;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** Ends a fit after a number of training batches. */
@Callback(order = 80, runs = Phase.TRAIN)
final class StopAfter {
    private final int maxBatches;

    /** @param maxBatches the number of batches, at least 1 */
    StopAfter(int maxBatches) {
        this.maxBatches = maxBatches;
    }

    @On(Event.AFTER_BATCH)
    void stop(int trainIter) throws CancelFitException {
        if (trainIter >= maxBatches) throw CancelFitException.INSTANCE;
    }
}
