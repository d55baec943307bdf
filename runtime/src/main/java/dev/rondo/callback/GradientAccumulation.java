package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.check.Range;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Gradients;
import org.bytedeco.pytorch.Scalar;
import org.slf4j.LoggerFactory;

/**
 * Accumulates the gradients of several batches and steps once they come from enough samples; the batches before that are cancelled after
 * backward. The loss of each batch is weighted by its fraction of the samples, so that a step equals that of one large batch. Samples
 * beyond the number are not carried over to the next step. Gradients that remain at the end of an epoch are carried over to the next,
 * unless {@link #withFlush} is used.
 *
 * <p>Costs two small operators per batch; never waits for the device.
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

    /** Whether there was a step in this fit. */
    @Checkpointed
    boolean stepped;

    @Checkpointed
    long count;

    /** Steps after every 32 samples. */
    public GradientAccumulation() {
        this(32);
    }

    /** @param samples the number of samples, not batches, per step; at least 1 */
    public GradientAccumulation(int samples) {
        this(samples, false);
    }

    private GradientAccumulation(int samples, boolean flush) {
        this.samples = Range.AT_LEAST_1.check("The number of samples of a step", samples);
        this.flush = flush;
    }

    /**
     * Steps after the last batch of each epoch too, with the samples accumulated so far, as if they were one large batch. If the training
     * phase is cancelled earlier, there is no last batch.
     */
    public GradientAccumulation withFlush() {
        return new GradientAccumulation(samples, true);
    }

    @On(Event.BEFORE_FIT)
    void start() {
        count = 0;
        stepped = false;
    }

    @On(Event.AFTER_FIT)
    void end() {
        if (stepped || count == 0) return;
        LoggerFactory.getLogger(Learner.class)
                .warn(
                        "The fit took no step: its {} samples are fewer than the {} of a step. Accumulate fewer, or use withFlush().",
                        count,
                        samples);
    }

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad")
    void weight(Learner learner) {
        if (learner.lossComputed()) learner.setLossGrad(learner.lossGrad().div(batches(learner)));
    }

    @On(Event.BEFORE_STEP)
    @Writes("lossGrad")
    void accumulate(Learner learner) throws CancelBatchException {
        learner.setLossGrad(learner.lossGrad().mul(batches(learner))); // for later handlers, without the weight
        count += learner.batch().size();
        if (count < samples) {
            if (!flush || learner.iter() < learner.nIter() - 1) throw CancelBatchException.INSTANCE;
            Gradients.scale(learner.optimizer(), (double) samples / count);
        }
        count = 0;
        stepped = true;
    }

    /** The number of batches of this size per step. */
    private Scalar batches(Learner learner) {
        return new Scalar((double) samples / learner.batch().size());
    }

    @Override
    public String toString() {
        return "GradientAccumulation[samples=" + samples + ", flush=" + flush + "]";
    }
}
