package com.example.application;

import com.example.library.Counting;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;

/** Inherits a handler of another artifact, and has another in its place. */
final class Reporter extends Counting {
    private int epochs;

    @Override
    @On(Event.AFTER_EPOCH)
    protected void note(int nEpoch) {
        epochs += nEpoch;
    }

    String report() {
        return counted() + ", in " + epochs + " epoch";
    }
}
