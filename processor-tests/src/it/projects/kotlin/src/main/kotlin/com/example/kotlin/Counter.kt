package com.example.kotlin

import dev.rondo.annotation.Callback
import dev.rondo.annotation.On
import dev.rondo.event.Event
import dev.rondo.event.Phase

/** Counts the batches of training. */
@Callback(runs = [Phase.TRAIN])
class Counter {
    var batches = 0
        private set

    @On(Event.AFTER_BATCH)
    fun count(trainIter: Int) {
        batches = maxOf(batches, trainIter)
    }
}
