package dev.rondo.examples;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;

/** Decays the learning rate linearly, from its peak at the first batch of a fit to 0 after the last. */
@Callback(runs = Phase.TRAIN)
final class LinearDecay {
    private final double peakLr;

    LinearDecay(double peakLr) {
        this.peakLr = peakLr;
    }

    @On(Event.BEFORE_BATCH)
    void decay(Optimizer optimizer, double pctTrain) {
        optimizer.set(Hyper.LR, peakLr * (1 - pctTrain));
    }
}
