package com.example.library;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

/** Counts the batches of training; what it does with the count is up to subclasses. */
@Callback(runs = Phase.TRAIN)
public abstract class Counting {
    private int batches;
    private int last = -1;

    @On(Event.AFTER_BATCH)
    void count(@Read("trainIter") int passed, int iter) {
        batches++;
        last = iter;
    }

    @On(Event.AFTER_EPOCH)
    protected void note(int epoch) {
        throw new IllegalStateException("the subclass handles it");
    }

    protected String counted() {
        return "counted " + batches + " batches, the last was " + last;
    }
}
