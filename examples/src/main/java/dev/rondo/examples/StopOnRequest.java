package dev.rondo.examples;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;

/** Ends the fit behind the batch at hand when another thread asks for it. */
final class StopOnRequest {
    private volatile boolean requested;

    /** Asks the fit to end; from any thread. */
    void request() {
        requested = true;
    }

    /** Whether it has been asked to end. */
    boolean requested() {
        return requested;
    }

    @On(Event.AFTER_BATCH)
    void stop() throws CancelFitException {
        if (requested) throw CancelFitException.INSTANCE;
    }
}
