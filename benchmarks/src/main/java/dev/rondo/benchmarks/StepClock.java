package dev.rondo.benchmarks;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.Arrays;

/**
 * Times the training part of each epoch and its steps. A step lasts from the end of one batch to the end of the next, and the first from
 * the start of the epoch, so that the time includes the preparation of batches but no validation. The clock is read twice per epoch and
 * once per batch.
 */
@Callback(runs = Phase.TRAIN)
final class StepClock {
    private final int warmupEpochs;
    private final double[] epochs;
    private transient double[] steps = {};
    private transient long[] marks = new long[256];
    private transient long start;
    private transient int endedEpochs;
    private transient int batches;

    /**
     * @param warmupEpochs the number of epochs that are not timed
     * @param epochs the number of timed epochs after them
     */
    StepClock(int warmupEpochs, int epochs) {
        this.warmupEpochs = warmupEpochs;
        this.epochs = new double[epochs];
    }

    @On(value = Event.BEFORE_TRAIN, order = -1e9)
    void start() {
        batches = 0;
        start = System.nanoTime();
    }

    @On(value = Event.AFTER_BATCH, order = 1e9)
    void mark() {
        if (batches == marks.length) marks = Arrays.copyOf(marks, 2 * batches);
        marks[batches++] = System.nanoTime();
    }

    @On(value = Event.AFTER_TRAIN, order = 1e9)
    void stop() {
        long end = System.nanoTime();
        int epoch = endedEpochs++ - warmupEpochs;
        if (epoch < 0) return;
        epochs[epoch] = (end - start) / 1e3;
        int n = steps.length;
        steps = Arrays.copyOf(steps, n + batches);
        for (int i = 0; i < batches; i++) steps[n + i] = (marks[i] - (i == 0 ? start : marks[i - 1])) / 1e3;
    }

    /** Returns the number of batches per epoch. */
    int batches() {
        return batches;
    }

    /** Returns the time of the training part of each timed epoch, in µs. */
    double[] epochs() {
        return epochs.clone();
    }

    /** Returns the time of each timed step, in µs. */
    double[] steps() {
        return steps.clone();
    }
}
