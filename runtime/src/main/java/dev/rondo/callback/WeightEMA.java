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
 * Exponential moving average of the weights: average ← decay·average + (1 − decay)·weights after each step. The average starts with the
 * weights after the first step. The model uses the average in validations, up to the end of {@code after_epoch}. At the end of the fit the
 * average replaces the weights, and the next fit starts from it. Active in fits only.
 *
 * <p>Buffers, for example running means, are averaged only with {@link #withBuffers}.
 *
 * <p>Costs one foreach operator per step and a second set of weights on the device; never waits for the device.
 *
 * @see <a href="https://doi.org/10.1137/0330046">Polyak and Juditsky 1992</a>
 * @see <a href="https://pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils</a>,
 *     get_ema_multi_avg_fn
 */
@Callback(kinds = {RunKind.FIT, RunKind.VALIDATE, RunKind.PREDICT})
public final class WeightEMA {
    private final double decay;
    private transient boolean skipped;

    @Checkpointed
    final AveragedWeights average;

    /** With a decay of 0.999, PyTorch's default. */
    public WeightEMA() {
        this(0.999);
    }

    /** @param decay the decay rate, from 0 to below 1; 0.999 averages about the last thousand steps */
    public WeightEMA(double decay) {
        this(decay, new AveragedWeights(false));
    }

    private WeightEMA(double decay, AveragedWeights average) {
        this.decay = Range.BELOW_1.check("The decay of an average", decay);
        this.average = average;
    }

    /** Averages buffers too, as PyTorch's {@code use_buffers}. */
    public WeightEMA withBuffers() {
        return new WeightEMA(decay, new AveragedWeights(true));
    }

    @On(Event.BEFORE_FIT)
    void begin(Learner learner) {
        average.begin(learner);
    }

    @On(value = Event.BEFORE_STEP, order = -1e9)
    void step() {
        skipped = false;
    }

    @On(Event.AFTER_CANCEL_STEP)
    void skip() {
        skipped = true;
    }

    @On(Event.AFTER_STEP)
    void update(Learner learner) {
        if (!skipped && average.averages(learner)) average.update(1 - decay);
    }

    @On(Event.BEFORE_TRAIN)
    void train(Learner learner) {
        average.show(learner, false, Scope.TRAIN);
    }

    @On(Event.BEFORE_VALIDATE)
    void validate(Learner learner) {
        average.show(learner, true, Scope.EPOCH);
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        average.keep(learner);
    }

    @Override
    public String toString() {
        return "WeightEMA[decay=" + decay + "]";
    }
}
