package com.example.unconfigured;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

/** Counts the batches of training. */
final class Counter {
    int batches;

    @On(Event.AFTER_BATCH)
    void count(boolean training) {
        if (training) batches++;
    }
}
