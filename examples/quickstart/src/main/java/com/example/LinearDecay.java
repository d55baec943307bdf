package com.example;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;

/** Decays the learning rate linearly, from its peak at the first batch of a fit to 0 after the last. */
@Callback(runs = Phase.TRAIN)
final class LinearDecay {
    private final double peak;

    LinearDecay(double peak) {
        this.peak = peak;
    }

    @On(Event.BEFORE_BATCH)
    void decay(Optimizer optimizer, double pctTrain) { // attributes of the learner, by name and type
        optimizer.set(Hyper.LR, peak * (1 - pctTrain));
    }
}
