package dev.rondo;

import dev.rondo.event.CancelException;
import org.jspecify.annotations.Nullable;

/** Ends what was opened: a scope, a pass over a loader. */
@FunctionalInterface
interface ScopeEnd {
    /** A part of a run. */
    interface Body {
        void run() throws CancelException;
    }

    void close() throws CancelException;

    /**
     * Ends it while something may be on its way out. A failure to end is added to what is leaving. If a cancel is leaving, which is shared
     * and cannot carry anything, the failure takes its place.
     *
     * @param leaving what is being thrown; null for nothing
     */
    default void close(@Nullable Throwable leaving) throws CancelException {
        try {
            close();
        } catch (Throwable failure) {
            if (leaving == null || leaving instanceof CancelException) throw failure;
            if (failure != leaving) leaving.addSuppressed(failure);
        }
    }

    /** Runs a body, then ends what was opened for it, however the body ends. */
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
     * Runs a body, then the events of its end, however the body ends. As in a finally block, what is thrown at the end takes the place of
     * what is leaving; it carries that along, unless it is a cancel.
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
