package dev.rondo;

import dev.rondo.annotation.Callback;
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
 * Trains one batch with each of a range of learning rates, and ends the fit after the last rate or when the loss has become too large.
 * Validations are cancelled. {@link Learner#lrFind()} uses it, and then undoes the changes of the fit.
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
public final class LrFinder {
    private static final double TOO_FAR = 4;

    private final LrRange range;
    private final List<Schedule> rates;
    private double best;

    /** @param range the learning rates */
    public LrFinder(LrRange range) {
        this.range = range;
        rates = range.lrs();
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        best = Double.POSITIVE_INFINITY;
        Optimizer optimizer = learner.optimizer();
        optimizer.check(Hyper.LR, rates.size() == 1 ? optimizer.groups().size() : rates.size());
    }

    @On(Event.BEFORE_BATCH)
    void set(Optimizer optimizer, int trainIter) {
        double position = (double) trainIter / range.batches();
        if (rates.size() == 1) optimizer.set(Hyper.LR, rates.get(0).at(position));
        else optimizer.set(Hyper.LR, rates.stream().map(r -> r.at(position)).toList());
    }

    @On(Event.AFTER_BATCH)
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
