package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.EventKey;
import dev.rondo.dispatch.LastCancel;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.flight.FlightObserver;
import dev.rondo.torch.TorchException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stack of the running calls of a learner, each started by a handler of the one before it. It rejects calls from other threads, and
 * saves the state of the outer run while a nested one is running. A cancel that leaves a nested call propagates to the scopes around the
 * handler that made the call; from the outermost call it becomes an {@link UncaughtCancelException}.
 */
final class RunStack {
    /** Ends a run that has begun. */
    interface Open {
        void end();
    }

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
    private final Dispatcher<Learner> dispatcher;
    private @Nullable Thread owner;
    private int calls; // the number of nested calls of the owner
    private @Nullable FlightObserver<Learner> observer;

    RunStack(Learner learner) {
        this.learner = learner;
        dispatcher = new Dispatcher<>(learner, this::failure);
    }

    Dispatcher<Learner> dispatcher() {
        return dispatcher;
    }

    /** Runs the body as a run. */
    void run(RunKind kind, ScopeEnd.Body body) {
        Open run = begin(kind);
        try {
            within(body);
        } finally {
            run.end();
        }
    }

    /** Begins a run. The caller must end it, whatever happens. */
    Open begin(RunKind kind) {
        enter();
        boolean nested = calls > 1;
        RunState outer = learner.run();
        Runnable restoreMode = nested && kind != RunKind.FIT ? modeOfModel() : () -> {};
        if (nested) learner.setRun(outer.nested(kind));
        Undo drawing = learner.generators.use();
        dispatcher.beginRun(kind);
        observe();
        return () -> {
            dispatcher.endRun();
            if (nested) learner.run().setLoss(null);
            learner.setRun(outer);
            restoreMode.run();
            drawing.close();
            exit();
        };
    }

    /** What puts the model back into its present mode. */
    private Runnable modeOfModel() {
        Runnable mode = learner.model().mode();
        boolean training = learner.training();
        return mode != null ? mode : () -> learner.model().train(training);
    }

    /**
     * Runs an action that ends the learner's work.
     *
     * @throws IllegalStateException in a handler, unless it handles the end of the outermost run
     */
    void betweenRuns(Runnable action) {
        exclusively(() -> {
            if (learner.event() != null && (learner.event() != Event.AFTER_FIT || learner.runDepth() > 1)) {
                throw new IllegalStateException("A learner is closed after its runs, not by a handler in one.");
            }
            action.run();
        });
    }

    /** Runs an action that calls of other threads may not overlap. */
    void exclusively(Runnable action) {
        exclusively(() -> {
            action.run();
            return null;
        });
    }

    /** Computes a value; calls of other threads may not overlap it. */
    <T extends @Nullable Object> T exclusively(Supplier<T> action) {
        enter();
        try {
            return action.get();
        } finally {
            exit();
        }
    }

    /** Runs the body as part of the innermost run. */
    void within(ScopeEnd.Body body) {
        try {
            body.run();
        } catch (CancelException cancel) {
            throw translated(cancel);
        } catch (CarriedCancel carried) {
            throw translated(carried.cancel);
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "in a run of the learner" + learner.place(), e);
        }
    }

    private RuntimeException translated(CancelException cancel) {
        if (dispatcher.currentEvent() != null) return new CarriedCancel(cancel); // a handler is waiting for this call
        LastCancel<Learner> last = dispatcher.lastCancel();
        if (!last.is(cancel)) {
            return new IllegalStateException(cancel + " was thrown by code that is not a handler.", cancel);
        }
        return new UncaughtCancelException(
                Objects.requireNonNull(last.callback()), Objects.requireNonNull(last.event()), cancel);
    }

    /** Wraps an exception of a handler. */
    private RuntimeException failure(Registration<Learner> by, EventKey at, Exception cause) throws CancelException {
        if (cause instanceof CarriedCancel carried) throw carried.cancel;
        Exception told = cause instanceof RuntimeException e ? TorchException.inCode(() -> "", e) : cause;
        return new CallbackException(by.name(), by.callback().getClass(), at.name(), learner.place(), told);
    }

    /**
     * Checks whether a flight recording has enabled the events of the library. A recording that starts during a fit receives the events
     * from the next phase on.
     */
    void observe() {
        boolean wanted = FlightObserver.isWanted();
        if (wanted == (observer != null)) return;
        observer = wanted ? new FlightObserver<>() : null;
        dispatcher.observe(observer);
    }

    private synchronized void enter() {
        Thread me = Thread.currentThread();
        if (owner != null && owner != me) {
            throw new IllegalStateException("This learner is in use by thread '" + owner.getName()
                    + "'. Wait until that call has ended, or give each thread a learner of its own.");
        }
        owner = me;
        calls++;
    }

    private synchronized void exit() {
        if (--calls == 0) owner = null;
    }
}
