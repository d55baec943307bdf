package dev.rondo;

import dev.rondo.event.CancelException;

/** Ends something that was opened, for example a scope or a pass over a loader. */
@FunctionalInterface
interface ScopeEnd {
    /** A part of a run. */
    interface Body {
        void run() throws CancelException;
    }

    void close() throws CancelException;

    /**
     * Ends it while an exception is propagating. A failure to end is added to that exception as suppressed. A cancel is a shared
     * instance and cannot have suppressed exceptions, so the failure replaces it.
     *
     * @param leaving the propagating exception
     */
    default void close(Throwable leaving) throws CancelException {
        try {
            close();
        } catch (Throwable failure) {
            if (leaving instanceof CancelException) throw failure;
            if (failure != leaving) leaving.addSuppressed(failure);
        }
    }

    /** Runs a body, then calls the end, however the body ends. */
    static void closeAfter(ScopeEnd end, Body body) throws CancelException {
        try {
            body.run();
        } catch (Throwable leaving) {
            end.close(leaving);
            throw leaving;
        }
        end.close();
    }

    /**
     * Runs a body, then the end, however the body ends. As in a finally block, an exception of the end replaces the propagating one, which
     * is added to it as suppressed, unless the new exception is a cancel.
     */
    static void finallyRun(ScopeEnd end, Body body) throws CancelException {
        try {
            body.run();
        } catch (Throwable leaving) {
            try {
                end.close();
            } catch (Throwable later) {
                if (later != leaving) later.addSuppressed(leaving);
                throw later;
            }
            throw leaving;
        }
        end.close();
    }
}
