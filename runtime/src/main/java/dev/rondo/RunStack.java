package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.EventKey;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.CancelException;
import dev.rondo.event.RunKind;

/**
 * The public calls of a learner that are running, one inside the other: keeps other threads out, keeps the outer run's batch while an
 * inner run is at work, and says what leaves a call: a cancel goes on to the scopes around the handler that made the call, or, at the
 * outermost one, becomes an {@link UncaughtCancelException}.
 */
final class RunStack {
    /** What a call does. */
    interface Body {
        void run() throws CancelException;
    }

    /** A call that has begun: what to put back when it ends. */
    record Run(RunKind outerKind, LearnerAttributes.RunState outerState) {}

    /** A cancel on its way from a nested call to the handler that made the call. */
    private static final class CarriedCancel extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final CancelException cancel;

        CarriedCancel(CancelException cancel) {
            super(null, null, false, false);
            this.cancel = cancel;
        }
    }

    private final Learner learner;
    private Thread owner;
    private int depth;
    private RunKind kind = RunKind.FIT;

    RunStack(Learner learner) {
        this.learner = learner;
    }

    RunKind kind() {
        return kind;
    }

    int depth() {
        return depth;
    }

    /** A whole call. */
    void run(RunKind kind, Body body) {
        Run run = begin(kind);
        try {
            within(body);
        } finally {
            end(run);
        }
    }

    /** Begins a call that ends with {@link #end}, whatever happens. */
    Run begin(RunKind kind) {
        enter();
        Run run = new Run(this.kind, depth > 1 ? learner.suspend(kind) : null);
        this.kind = kind;
        learner.observe();
        return run;
    }

    void end(Run run) {
        kind = run.outerKind;
        if (run.outerState != null) learner.resume(run.outerState);
        exit();
    }

    /** Does something that no other thread's call may overlap. */
    void exclusively(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            exit();
        }
    }

    /** Does something as a part of the running call. */
    void within(Body body) {
        try {
            body.run();
        } catch (CancelException cancel) {
            throw left(cancel);
        } catch (CarriedCancel carried) {
            throw left(carried.cancel);
        }
    }

    private RuntimeException left(CancelException cancel) {
        Dispatcher<Learner> d = learner.dispatcher();
        if (d.key() != null) return new CarriedCancel(cancel); // a handler is waiting for this call
        if (!d.raised(cancel))
            return new IllegalStateException(cancel + " was thrown by something that is no handler.", cancel);
        return new UncaughtCancelException(d.canceller().name(), d.cancelled().name(), cancel);
    }

    private synchronized void enter() {
        Thread me = Thread.currentThread();
        if (owner != null && owner != me) {
            throw new IllegalStateException("This learner is in use by thread '" + owner.getName()
                    + "'. Wait until that call has ended, or give each thread a learner of its own.");
        }
        owner = me;
        depth++;
    }

    private synchronized void exit() {
        if (--depth == 0) owner = null;
    }

    /** What a handler's exception becomes. */
    RuntimeException failure(Registration<Learner> by, EventKey at, Exception cause) throws CancelException {
        if (cause instanceof CarriedCancel carried) throw carried.cancel;
        return new CallbackException(by.name(), by.callback().getClass(), at.name(), learner.place(), cause);
    }
}
