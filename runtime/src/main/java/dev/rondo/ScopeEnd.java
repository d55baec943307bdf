package dev.rondo;

import dev.rondo.event.CancelException;

/** Ends what was opened. */
@FunctionalInterface
interface ScopeEnd {
    /** A piece of a run. */
    interface Body {
        void run() throws CancelException;
    }

    void close() throws CancelException;

    /**
     * Ends it while something may be on its way out. A failure to end is added to what is leaving, but takes the place of a cancel, which
     * is shared and cannot carry anything along.
     *
     * @param leaving what is leaving; null for nothing
     */
    default void close(Throwable leaving) throws CancelException {
        try {
            close();
        } catch (Throwable failure) {
            if (leaving == null || leaving instanceof CancelException) throw failure;
            if (failure != leaving) leaving.addSuppressed(failure);
        }
    }

    /** RunStack a body, then ends what was opened for it, however the body ends. */
    static void closeAfter(ScopeEnd end, Body body) throws CancelException {
        Throwable leaving = null;
        try {
            body.run();
        } catch (Throwable t) {
            leaving = t;
            throw t;
        } finally {
            end.close(leaving);
        }
    }

    /**
     * RunStack a body, then what belongs to its end, however the body ends. What fails at the end takes the place of what is leaving, as in a
     * finally block, and carries it along, unless it is a cancel.
     */
    static void finallyRun(ScopeEnd end, Body body) throws CancelException {
        Throwable leaving = null;
        try {
            body.run();
        } catch (Throwable t) {
            leaving = t;
            throw t;
        } finally {
            try {
                end.close();
            } catch (Throwable later) {
                if (leaving != null && leaving != later) later.addSuppressed(leaving);
                throw later;
            }
        }
    }
}
