package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends a fit after a time limit. The clock is checked at the end of each training and validation batch and at the end of each epoch, and
 * the fit ends at the first check after the limit. It exceeds the limit by at most one batch. An epoch that is cut short has no row; {@link
 * #betweenEpochs()} completes every epoch. Active in fits only; a nested fit shares the budget of the outer one.
 *
 * <p>Costs one read of the host's clock per batch; never waits for the device, which may still be computing.
 */
@Callback(order = 64, kinds = RunKind.FIT)
public final class TimeBudget {
    /** 292 years, the most that a long can count. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final long limit;
    private final LongSupplier clock;
    private final boolean wholeEpochs;
    private transient boolean running;
    private transient long looked;

    /** The time that the fit has taken at the last check, in nanoseconds. */
    @Checkpointed
    long spent;

    /** @param limit the maximum duration of a fit, starting at before_fit; above 0 */
    public TimeBudget(Duration limit) {
        this(limit, System::nanoTime);
    }

    /** @param clock returns nanoseconds, as {@link System#nanoTime} does */
    public TimeBudget(Duration limit, LongSupplier clock) {
        this(nanos(limit), Argument.given("clock", clock), false);
    }

    private TimeBudget(long limit, LongSupplier clock, boolean wholeEpochs) {
        this.limit = limit;
        this.clock = clock;
        this.wholeEpochs = wholeEpochs;
    }

    private static long nanos(Duration limit) {
        if (Argument.given("limit", limit).isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A time budget must be positive, not " + limit + ".");
        }
        return limit.compareTo(LONGEST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
    }

    /** Checks the clock only at the end of each epoch, after its row was recorded. */
    public TimeBudget betweenEpochs() {
        return new TimeBudget(limit, clock, true);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        if (running) return; // a nested fit shares the budget of the outer one
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

    @Override
    public String toString() {
        return "TimeBudget[limit=" + Duration.ofNanos(limit) + (wholeEpochs ? ", between epochs]" : "]");
    }
}
