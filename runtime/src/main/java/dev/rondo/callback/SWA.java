package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;

/**
 * Stochastic weight averaging: the plain average of the weights at the ends of the last epochs' trainings, to be used with a learning rate
 * that stays high. Validations see the average from its second epoch on, and so do {@code after_validate} and {@code after_epoch}; at the
 * end of the fit it becomes the weights, and the next fit starts there. Active in fits only.
 *
 * <p>Buffers stay those of training, but at the end of the fit the running statistics of batch norms are taken anew, over one more pass
 * through the training data, as PyTorch's {@code update_bn} does; no events fire in it, so what callbacks do to batches is missing.
 *
 * <p>Costs nothing in a batch; one foreach operator an epoch, a second set of weights on the device, and, with batch norms, that pass.
 *
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov, Podoprikhin, Garipov, Vetrov and Wilson 2018</a>
 * @see <a href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils</a>
 */
@Callback(kinds = {RunKind.FIT, RunKind.VALIDATE, RunKind.PREDICT})
public final class SWA {
    private final double start;

    @Checkpointed
    final AveragedWeights average = new AveragedWeights(false);

    /** Over the last quarter of the epochs, as in the paper. */
    public SWA() {
        this(0.75);
    }

    /** @param start the share of the fit's epochs that is over when the average begins, from 0 to below 1 */
    public SWA(double start) {
        if (!(start >= 0 && start < 1)) {
            throw new IllegalArgumentException(
                    "The average begins after a share of the epochs from 0 to below 1, not " + start + ".");
        }
        this.start = start;
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
}
