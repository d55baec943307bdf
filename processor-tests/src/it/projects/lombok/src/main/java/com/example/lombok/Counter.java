package com.example.lombok;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import lombok.Getter;
import lombok.RequiredArgsConstructor;

/** Counts the batches of training. Lombok writes its constructor and its getters. */
@Getter
@RequiredArgsConstructor
@Callback(runs = Phase.TRAIN)
final class Counter {
    private final String unit;
    private int count;

    @On(Event.AFTER_BATCH)
    void increase() {
        count++;
    }
}
