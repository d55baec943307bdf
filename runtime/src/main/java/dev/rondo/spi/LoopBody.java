package dev.rondo.spi;

import dev.rondo.event.CancelException;

/** The body of a loop that fires events. */
public interface LoopBody {
    /**
     * Runs one iteration.
     *
     * @param events the events to fire
     * @param turn the index of the iteration, from 0
     * @return whether the iteration did something; false ends the loop
     * @throws CancelException if a handler cancels a scope around the loop, which ends the loop as any other exception does
     */
    boolean next(Events events, int turn) throws CancelException;
}
