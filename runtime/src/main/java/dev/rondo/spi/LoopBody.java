package dev.rondo.spi;

import dev.rondo.event.CancelException;

/** What a loop that fires events does again and again. */
public interface LoopBody {
    /**
     * Goes round once.
     *
     * @param events to be fired
     * @param turn which turn it is, from 0
     * @return whether there was something left to do
     * @throws CancelException if a handler cancels what is around the loop; it ends the loop, as any other exception does
     */
    boolean next(Events events, int turn) throws CancelException;
}
