package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Gradients;
import org.bytedeco.pytorch.Scalar;

/**
 * Steps once for several batches: adds their gradients up until they come from enough samples, and cancels the batches before. The loss
 * of each batch counts with its share of the samples, so that steps are as those of one large batch. What is over at a step is not
 * carried on; what is left at the end of an epoch goes on into the next, unless it is to be flushed.
 *
 * <p>Two small operators a batch; never waits for the device.
 *
 * @see <a href="https://docs.fast.ai/callback.training.html#gradientaccumulation">fastai, GradientAccumulation</a>
 */
@Callback(
        order = 6,
        runs = Phase.TRAIN,
        kinds = {RunKind.FIT, RunKind.LR_FIND})
public final class GradientAccumulation {
    private final int samples;
    private final boolean flush;

    @Checkpointed
    long count;

    /** A step for each 32 samples. */
    public GradientAccumulation() {
        this(32);
    }

    /** @param samples the number of samples, not batches, that a step takes; at least 1 */
    public GradientAccumulation(int samples) {
        this(samples, false);
    }

    private GradientAccumulation(int samples, boolean flush) {
        if (samples < 1) {
            throw new IllegalArgumentException("Gradients are accumulated over 1 sample or more, not " + samples + ".");
        }
        this.samples = samples;
        this.flush = flush;
    }

    /**
     * One in which the last batch of an epoch always steps, with the samples that there are, as if they were a large batch of their own. A
     * training part that is cancelled earlier has no last batch.
     */
    public GradientAccumulation withFlush() {
        return new GradientAccumulation(samples, true);
    }

    @On(Event.BEFORE_FIT)
    void start() {
        count = 0;
    }

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad")
    void share(Learner learner) {
        if (learner.lossComputed()) learner.setLossGrad(learner.lossGrad().div(batches(learner)));
    }

    @On(Event.BEFORE_STEP)
    @Writes("lossGrad")
    void accumulate(Learner learner) throws CancelBatchException {
        learner.setLossGrad(learner.lossGrad().mul(batches(learner))); // as it was, for whoever looks at it
        count += learner.batch().size();
        if (count < samples) {
            if (!flush || learner.iter() < learner.nIter() - 1) throw CancelBatchException.INSTANCE;
            Gradients.scale(learner.optimizer(), (double) samples / count);
        }
        count = 0;
    }

    /** How many batches like this one a step takes. */
    private Scalar batches(Learner learner) {
        return new Scalar((double) samples / learner.batch().size());
    }
}
