package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends a fit when its time is up. It looks at the clock at the end of each batch, of training and of validation, and at the end of each
 * epoch; the fit ends with the first of them behind the limit, so that it takes longer by a batch at most, and an epoch that is cut short
 * has no row. {@link #betweenEpochs()} lets epochs come to their end. Active in fits only; a fit inside of another has what is left of
 * its budget.
 *
 * <p>Costs a look at the clock. The device may still be at work on what was asked of it: the clock is the host's.
 */
@Callback(order = 64, kinds = RunKind.FIT)
public final class TimeBudget {
    private final long limit;
    private final LongSupplier clock;
    private final boolean wholeEpochs;
    private boolean running;
    private long looked;

    /** The time that the fit has taken, in nanoseconds, up to the last look at the clock. */
    @Checkpointed
    long spent;

    /** @param limit the longest time of a fit, from its before_fit on; above 0 */
    public TimeBudget(Duration limit) {
        this(limit, System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} gives them */
    public TimeBudget(Duration limit, LongSupplier clock) {
        this(nanos(limit), clock, false);
    }

    private TimeBudget(long limit, LongSupplier clock, boolean wholeEpochs) {
        this.limit = limit;
        this.clock = clock;
        this.wholeEpochs = wholeEpochs;
    }

    private static long nanos(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A fit needs a budget of more than no time, not " + limit + ".");
        }
        return limit.toNanos();
    }

    /** One that looks at the clock only at the end of each epoch, when its row has been recorded. */
    public TimeBudget betweenEpochs() {
        return new TimeBudget(limit, clock, true);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        if (running) return; // a nested fit has what is left of the budget
        running = true;
        learner.until(Scope.FIT, () -> running = false);
        spent = 0;
        looked = clock.getAsLong();
    }

    @On(Event.AFTER_BATCH)
    void betweenBatches(Learner learner) throws CancelFitException {
        if (!wholeEpochs) look(learner);
    }

    @On(Event.AFTER_EPOCH)
    void look(Learner learner) throws CancelFitException {
        long now = clock.getAsLong();
        spent += now - looked;
        looked = now;
        if (spent < limit) return;
        ProgressCallback.say(learner, "The time is up in epoch " + learner.epoch() + ": stopping");
        throw CancelFitException.INSTANCE;
    }
}
