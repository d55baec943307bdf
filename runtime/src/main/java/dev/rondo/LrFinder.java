package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.Schedule;
import java.util.List;

/**
 * Trains each batch with the next learning rate of a range. It ends the fit after the last one, or when the loss has grown too far, and
 * cancels validations. {@link Learner#lrFind()} uses it and restores the learner afterwards.
 *
 * <p>Waits for the device at every batch.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html#lrfinder">fastai, LRFinder</a>
 * @see <a href="https://arxiv.org/abs/1506.01186">Smith 2015</a>
 */
@Callback(
        order = 60,
        runs = Phase.TRAIN,
        kinds = {RunKind.FIT, RunKind.LR_FIND})
final class LrFinder {
    private static final double TOO_FAR = 4;

    private final LrRange range;
    private final List<Schedule> lrs;
    private double best;

    /** @param range the learning rates to go through */
    LrFinder(LrRange range) {
        this.range = range;
        lrs = range.lrs();
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        best = Double.POSITIVE_INFINITY;
        ParamScheduler.check(learner.optimizer(), Hyper.LR, lrs);
    }

    @On(Event.BEFORE_BATCH)
    void set(Optimizer optimizer, int trainIter) {
        ParamScheduler.apply(optimizer, Hyper.LR, lrs, (double) trainIter / range.batches());
    }

    @On(Event.AFTER_BATCH)
    @HostRead("to decide whether to go on")
    void look(double smoothLoss, int trainIter) throws CancelFitException {
        if (smoothLoss < best) best = smoothLoss;
        if (range.stopsEarly() && smoothLoss > TOO_FAR * best) throw CancelFitException.INSTANCE;
        if (trainIter >= range.batches()) throw CancelFitException.INSTANCE;
    }

    @On(Event.BEFORE_VALIDATE)
    void skip() throws CancelValidException {
        throw CancelValidException.INSTANCE;
    }
}
