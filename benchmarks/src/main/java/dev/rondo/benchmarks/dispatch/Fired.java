package dev.rondo.benchmarks.dispatch;

import static dev.rondo.event.Event.*;

import dev.rondo.Learner;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import java.util.List;

/** Events as a learner fires them. The handlers ask for nothing, so there need be no learner. */
final class Fired implements Loop {
    private final Dispatcher<Learner> dispatcher = new Dispatcher<>(null, (registration, at, failure) -> {
        throw new IllegalStateException(registration.name(), failure);
    });

    private Fired() {}

    /** Through the tables of the callbacks. */
    static Loop tables(List<Counter> callbacks) {
        Fired loop = new Fired();
        Plans.of(callbacks).tables().forEach(loop::add);
        return loop;
    }

    /** Through the code that was generated for the callbacks as a plan. */
    static Loop plan(List<Counter> callbacks) {
        Fired loop = new Fired();
        CallbackPlan<Learner> plan = Plans.of(callbacks);
        loop.dispatcher.use(plan, plan.tables().stream().map(loop::add).toList());
        if (!loop.dispatcher.runsPlan()) throw new IllegalStateException("The plan does not hold.");
        return loop;
    }

    private Registration<Learner> add(CallbackTable<? super Learner> table) {
        return dispatcher.add(table, table.callback().getClass().getSimpleName());
    }

    private void fire(Event event) throws CancelException {
        dispatcher.fire(event, Phase.TRAIN);
    }

    @Override
    public void batch() throws CancelException {
        fire(BEFORE_BATCH);
        Native.work();
        fire(AFTER_PRED);
        Native.work();
        fire(AFTER_LOSS);
        Native.work();
        fire(BEFORE_BACKWARD);
        Native.work();
        fire(AFTER_BACKWARD);
        Native.work();
        fire(BEFORE_STEP);
        Native.work();
        fire(AFTER_CANCEL_STEP);
        Native.work();
        fire(AFTER_STEP);
        Native.work();
        fire(AFTER_BATCH);
        Native.work();
    }
}
