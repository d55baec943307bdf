package dev.rondo.benchmarks.dispatch;

import static dev.rondo.event.Phase.TRAIN;
import static dev.rondo.event.Scope.*;

import dev.rondo.Learner;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.CancelException;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.Events;
import java.util.List;
import java.util.Objects;

/**
 * Fires events through a learner's dispatcher. The loop is the training loop without its work: it has the same rule for scopes, but nothing
 * to close at their ends. The handlers have no parameters, so no learner is needed.
 */
final class DispatcherLoop implements Loop {
    private interface Fire {
        void fire(Events on, Phase phase) throws CancelException;
    }

    private interface Body {
        void run(Events on) throws CancelException;
    }

    private final Events events;

    private DispatcherLoop(Events events) {
        this.events = events;
    }

    /** Creates a loop that calls the callbacks through the generated code of their plan. */
    static Loop plan(List<Counter> callbacks) {
        Dispatcher<Learner> dispatcher = dispatcher();
        CallbackPlan<Learner> plan = Plans.of(callbacks);
        dispatcher.use(
                plan,
                plan.tables().stream().map(table -> add(dispatcher, table)).toList());
        if (!dispatcher.runsPlan()) throw new IllegalStateException("The dispatcher does not use the plan.");
        return new DispatcherLoop(dispatcher.events());
    }

    /** Creates a loop that calls the callbacks through their tables. */
    static Loop tables(List<Counter> callbacks) {
        Dispatcher<Learner> dispatcher = dispatcher();
        Plans.of(callbacks).tables().forEach(table -> add(dispatcher, table));
        return new DispatcherLoop(dispatcher.events());
    }

    private static Dispatcher<Learner> dispatcher() {
        // Loads the class, as creating a learner would: the JIT does not inline a method whose parameter type is not
        // loaded.
        Objects.requireNonNull(Learner.class);
        return new Dispatcher<>(null, (registration, at, failure) -> {
            throw new IllegalStateException(registration.name(), failure);
        });
    }

    private static Registration<Learner> add(Dispatcher<Learner> to, CallbackTable<? super Learner> table) {
        return to.add(table, table.callback().getClass().getSimpleName());
    }

    @Override
    public void batches(int n) throws CancelException {
        events.loop((on, turn) -> {
            if (turn == n) return false;
            scope(on, BATCH, Events::beforeBatch, DispatcherLoop::batch, Events::afterCancelBatch, Events::afterBatch);
            return true;
        });
    }

    private static void batch(Events on) throws CancelException {
        NativeWork.run();
        on.afterPred(TRAIN);
        NativeWork.run();
        on.afterLoss(TRAIN);
        NativeWork.run();
        scope(
                on,
                BACKWARD,
                Events::beforeBackward,
                backward -> NativeWork.run(),
                Events::afterCancelBackward,
                Events::afterBackward);
        scope(on, STEP, Events::beforeStep, DispatcherLoop::step, Events::afterCancelStep, Events::afterStep);
    }

    private static void step(Events on) throws CancelException {
        NativeWork.run();
        on.afterCancelStep(TRAIN);
        NativeWork.run();
    }

    private static void scope(Events on, Scope scope, Fire before, Body body, Fire afterCancel, Fire after)
            throws CancelException {
        try {
            before.fire(on, TRAIN);
            body.run(on);
        } catch (CancelException cancel) {
            if (cancel.scope() != scope) throw cancel;
            afterCancel.fire(on, TRAIN);
        }
        after.fire(on, TRAIN);
        NativeWork.run();
    }
}
