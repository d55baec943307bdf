package dev.rondo.benchmarks.dispatch;

import static dev.rondo.event.Phase.TRAIN;

import dev.rondo.Learner;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.event.CancelException;
import dev.rondo.spi.CallbackPlan;
import dev.rondo.spi.CallbackTable;
import dev.rondo.spi.PlanRun;
import java.util.List;
import java.util.Objects;

/** Events as a learner fires them. The handlers ask for nothing, so there need be no learner. */
final class Fired implements Loop {
    private final Dispatcher<Learner> dispatcher = new Dispatcher<>(null, (registration, at, failure) -> {
        throw new IllegalStateException(registration.name(), failure);
    });

    private Fired() {
        Objects.requireNonNull(
                Learner.class); // loaded, as with a learner: compilers put no handlers in place whose types they do
        // not know
    }

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

    @Override
    public void batch() throws CancelException {
        PlanRun on = dispatcher.events();
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
    }
}
