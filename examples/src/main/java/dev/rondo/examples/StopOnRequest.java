package dev.rondo.examples;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;

/** Ends the fit after the current batch when another thread requests it. */
final class StopOnRequest {
    private volatile boolean requested;

    /** Requests the end of the fit. Any thread may call this method. */
    void request() {
        requested = true;
    }

    /** Returns whether the end has been requested. */
    boolean requested() {
        return requested;
    }

    @On(Event.AFTER_BATCH)
    void stop() throws CancelFitException {
        if (requested) throw CancelFitException.INSTANCE;
    }
}
