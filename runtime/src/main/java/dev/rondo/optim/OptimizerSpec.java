package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An optimizer to be made once the model is there, with the values that its hyper-parameters start with. Immutable: each method returns
 * another recipe, so that {@code Optimizers.adam().withWd(0).withEps(1e-8)} reads as it is meant. The same recipe may
 * make any number of optimizers.
 */
public final class OptimizerSpec implements Optimizer.Factory {
    private final Map<Hyper, Double> hypers;
    private final Decay decay;
    private final Function<Map<Hyper, Double>, UpdateRule> method;

    /**
     * @param hypers the hyper-parameters, {@link Hyper#LR} among them
     * @param method makes the method from the values that the hyper-parameters start with
     */
    OptimizerSpec(Map<Hyper, Double> hypers, Decay decay, Function<Map<Hyper, Double>, UpdateRule> method) {
        this.hypers = hypers;
        this.decay = decay;
        this.method = method;
    }

    /**
     * Another start value for a hyper-parameter, other than {@link Hyper#LR}: that is the learner's, or a fit's.
     *
     * @throws IllegalArgumentException if the optimizer does not have it, or the value is not finite
     */
    public OptimizerSpec with(Hyper hyper, double value) {
        if (hyper == Hyper.LR) {
            throw new IllegalArgumentException(
                    "A learning rate is the learner's, or a fit's: give it to them, not to the optimizer's recipe.");
        }
        return starting(hyper, value);
    }

    private OptimizerSpec starting(Hyper hyper, double value) {
        Map<Hyper, Double> changed = new EnumMap<>(hypers);
        ParameterGroup.put(changed, hyper, value);
        return new OptimizerSpec(changed, decay, method);
    }

    /** {@link Hyper#MOM}: momentum, or the share that an average of gradients keeps at each step (β₁). */
    public OptimizerSpec withMom(double mom) {
        return with(Hyper.MOM, mom);
    }

    /** {@link Hyper#SQR_MOM}: the share that the average of squared gradients keeps at each step (β₂; α in PyTorch's RMSprop). */
    public OptimizerSpec withSqrMom(double sqrMom) {
        return with(Hyper.SQR_MOM, sqrMom);
    }

    /** {@link Hyper#EPS}: what is added to divisors. */
    public OptimizerSpec withEps(double eps) {
        return with(Hyper.EPS, eps);
    }

    /** {@link Hyper#WD}: weight decay. */
    public OptimizerSpec withWd(double wd) {
        return with(Hyper.WD, wd);
    }

    /**
     * Decay as L2 regularisation, fastai's {@code decouple_wd=False}: g ← g + wd·p, in place of p ← p·(1 − lr·wd). The gradients
     * themselves stay as they are.
     */
    public OptimizerSpec withCoupledDecay() {
        return new OptimizerSpec(hypers, new Decay(true, decay.all()), method);
    }

    /** Decay for biases and norms too, fastai's {@code wd_bn_bias=True}. */
    public OptimizerSpec withDecayOfNormsAndBiases() {
        return new OptimizerSpec(hypers, new Decay(decay.coupled(), true), method);
    }

    /** This optimizer inside of a {@link Lookahead}. */
    OptimizerSpec ahead(int k, double alpha) {
        OptimizerSpec ahead = new OptimizerSpec(hypers, decay, start -> new Lookahead(method.apply(start), k, alpha));
        ahead.method.apply(hypers); // what is wrong is refused here, and not when the learner makes it
        return ahead;
    }

    @Override
    public Optimizer create(List<List<Parameter>> groups, double lr) {
        Map<Hyper, Double> start = starting(Hyper.LR, lr).hypers;
        return new Optimizer(groups, start, method.apply(start), decay);
    }
}
