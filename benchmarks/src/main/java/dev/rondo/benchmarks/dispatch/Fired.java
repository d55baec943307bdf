package dev.rondo.benchmarks.dispatch;

import static dev.rondo.event.Event.*;
import static dev.rondo.event.Phase.TRAIN;

import dev.rondo.Learner;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.Event;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.PlanRun;
import java.util.List;
import java.util.Objects;

/** Events fired through a learner's dispatcher. The handlers ask for nothing, so there need be no learner. */
final class Fired {
    private static final Event[] BATCH = {
        BEFORE_BATCH,
        AFTER_PRED,
        AFTER_LOSS,
        BEFORE_BACKWARD,
        AFTER_BACKWARD,
        BEFORE_STEP,
        AFTER_CANCEL_STEP,
        AFTER_STEP,
        AFTER_BATCH
    };

    private Fired() {}

    /** Through the tables of the callbacks. */
    static Loop tables(List<Counter> callbacks) {
        Dispatcher<Learner> on = dispatcher();
        Plans.of(callbacks).tables().forEach(table -> add(on, table));
        return () -> {
            on.fire(BEFORE_BATCH, TRAIN);
            Native.work();
            on.fire(AFTER_PRED, TRAIN);
            Native.work();
            on.fire(AFTER_LOSS, TRAIN);
            Native.work();
            on.fire(BEFORE_BACKWARD, TRAIN);
            Native.work();
            on.fire(AFTER_BACKWARD, TRAIN);
            Native.work();
            on.fire(BEFORE_STEP, TRAIN);
            Native.work();
            on.fire(AFTER_CANCEL_STEP, TRAIN);
            Native.work();
            on.fire(AFTER_STEP, TRAIN);
            Native.work();
            on.fire(AFTER_BATCH, TRAIN);
            Native.work();
        };
    }

    /** Through the code that was generated for the callbacks as a plan, each event at a place of its own. */
    static Loop plan(List<Counter> callbacks) {
        PlanRun on = planned(callbacks).events();
        return () -> {
            on.beforeBatch(TRAIN);
            Native.work();
            on.afterPred(TRAIN);
            Native.work();
            on.afterLoss(TRAIN);
            Native.work();
            on.beforeBackward(TRAIN);
            Native.work();
            on.afterBackward(TRAIN);
            Native.work();
            on.beforeStep(TRAIN);
            Native.work();
            on.afterCancelStep(TRAIN);
            Native.work();
            on.afterStep(TRAIN);
            Native.work();
            on.afterBatch(TRAIN);
            Native.work();
        };
    }

    /** The same with one place for all events: what the training loop does, for which all scopes have the same borders. */
    static Loop planFromOnePlace(List<Counter> callbacks) {
        Dispatcher<Learner> on = planned(callbacks);
        return () -> {
            for (Event event : BATCH) {
                on.fire(event, TRAIN);
                Native.work();
            }
        };
    }

    private static Dispatcher<Learner> planned(List<Counter> callbacks) {
        Dispatcher<Learner> dispatcher = dispatcher();
        CallbackPlan<Learner> plan = Plans.of(callbacks);
        dispatcher.use(
                plan,
                plan.tables().stream().map(table -> add(dispatcher, table)).toList());
        if (!dispatcher.runsPlan()) throw new IllegalStateException("The plan does not hold.");
        return dispatcher;
    }

    private static Dispatcher<Learner> dispatcher() {
        // A learner would have loaded its class: compilers inline no handler with a parameter of a class that is not
        // there.
        Objects.requireNonNull(Learner.class);
        return new Dispatcher<>(null, (registration, at, failure) -> {
            throw new IllegalStateException(registration.name(), failure);
        });
    }

    private static Registration<Learner> add(Dispatcher<Learner> to, CallbackTable<? super Learner> table) {
        return to.add(table, table.callback().getClass().getSimpleName());
    }
}
