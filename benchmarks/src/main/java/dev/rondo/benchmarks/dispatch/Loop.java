package dev.rondo.benchmarks.dispatch;

import dev.rondo.event.CancelException;

/** A training loop of which nothing is left but the events of a batch, with {@link Native#work} between them. */
interface Loop {
    /** One batch: the eight events of every batch, and the one of a cancelled step. */
    void batch() throws CancelException;
}
