package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;

/**
 * Stochastic weight averaging: averages the weights at the end of the training phase of the last epochs, with equal weight. Use it with a
 * learning rate that stays high. From the second averaged epoch on, the model uses the average in validations, up to the end of {@code
 * after_epoch}. At the end of the fit the average replaces the weights, and the next fit starts from it. Active in fits only.
 *
 * <p>Buffers are not averaged. At the end of the fit the running statistics of batch norms are recomputed with one more pass over the
 * training data, as PyTorch's {@code update_bn} does. That pass fires no events, so callbacks do not change its batches.
 *
 * <p>Costs nothing per batch. Costs one foreach operator per epoch, a second set of weights on the device and, with batch norms, that pass.
 *
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov, Podoprikhin, Garipov, Vetrov and Wilson 2018</a>
 * @see <a href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils</a>
 */
@Callback(kinds = {RunKind.FIT, RunKind.VALIDATE, RunKind.PREDICT})
public final class SWA {
    private final double start;

    @Checkpointed
    final AveragedWeights average = new AveragedWeights(false);

    /** Averages the last quarter of the epochs, as in the paper. */
    public SWA() {
        this(0.75);
    }

    /** @param start the fraction of the fit's epochs after which averaging starts, from 0 to below 1 */
    public SWA(double start) {
        this.start = Range.BELOW_1.check("The fraction of epochs after which an average starts", start);
    }

    @On(Event.BEFORE_FIT)
    void begin(Learner learner) {
        average.begin(learner);
    }

    @On(Event.BEFORE_TRAIN)
    void train(Learner learner) {
        average.show(learner, false, Scope.TRAIN);
    }

    @On(Event.AFTER_TRAIN)
    void update(Learner learner) {
        boolean begun = learner.epoch() >= start * learner.nEpoch();
        if (begun && average.averages(learner)) average.update(1.0 / (average.count() + 1));
    }

    @On(Event.BEFORE_VALIDATE)
    void validate(Learner learner) {
        average.show(learner, true, Scope.EPOCH);
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        if (average.keep(learner)) BatchNormStatistics.update(learner);
    }

    @Override
    public String toString() {
        return "SWA[start=" + start + "]";
    }
}
