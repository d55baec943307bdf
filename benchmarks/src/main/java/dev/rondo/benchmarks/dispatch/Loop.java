package dev.rondo.benchmarks.dispatch;

import dev.rondo.event.CancelException;

/** A training loop reduced to the events of its batches, with {@link NativeWork#run} between them. */
interface Loop {
    /** Runs {@code n} batches, each with the eight events of every batch and that of a cancelled step. */
    void batches(int n) throws CancelException;
}
