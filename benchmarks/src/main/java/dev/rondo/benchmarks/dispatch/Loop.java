package dev.rondo.benchmarks.dispatch;

import dev.rondo.event.CancelException;

/** A training loop of which nothing is left but the events of its batches, with {@link Native#work} between them. */
interface Loop {
    /** So many batches, each with the eight events of every batch and the one of a cancelled step. */
    void batches(int n) throws CancelException;
}
