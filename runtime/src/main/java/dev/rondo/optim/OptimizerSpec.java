package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The kind of an optimizer and its initial hyper-parameters. A learner makes its optimizer from it when it has the model. Instances are
 * immutable: each {@code with…} method returns a copy, as in {@code Optimizers.adam().withWd(0).withEps(1e-8)}. A spec can make any number
 * of optimizers.
 */
public final class OptimizerSpec implements Optimizer.Factory {
    private final Map<Hyper, Double> hypers;
    private final Decay decay;
    private final Function<Map<Hyper, Double>, UpdateRule> rule;

    /**
     * @param hypers the initial hyper-parameters, {@link Hyper#LR} among them
     * @param rule makes the update rule from the initial hyper-parameters
     */
    OptimizerSpec(Map<Hyper, Double> hypers, Decay decay, Function<Map<Hyper, Double>, UpdateRule> rule) {
        UpdateRule made = rule.apply(hypers);
        hypers.forEach(made::check);
        this.hypers = hypers;
        this.decay = decay;
        this.rule = rule;
    }

    /**
     * Returns a copy with another initial value of a hyper-parameter. {@link Hyper#LR} is set in the learner or in a fit.
     *
     * @throws IllegalArgumentException for {@link Hyper#LR}, if the optimizer does not have the hyper-parameter, or if the value is out of
     *     its range
     */
    public OptimizerSpec with(Hyper hyper, double value) {
        if (hyper == Hyper.LR) throw learningRateInSpec();
        return withInitial(hyper, value);
    }

    static IllegalArgumentException learningRateInSpec() {
        return new IllegalArgumentException(
                "The learning rate is set in the learner or in a fit, not in the specification of an optimizer.");
    }

    private OptimizerSpec withInitial(Hyper hyper, double value) {
        ParameterGroup.known(hypers, hyper);
        Map<Hyper, Double> changed = new EnumMap<>(hypers);
        changed.put(hyper, value);
        return new OptimizerSpec(changed, decay, rule);
    }

    /** Returns a copy with another initial {@link Hyper#MOM}. */
    public OptimizerSpec withMom(double mom) {
        return with(Hyper.MOM, mom);
    }

    /** Returns a copy with another initial {@link Hyper#SQR_MOM}. */
    public OptimizerSpec withSqrMom(double sqrMom) {
        return with(Hyper.SQR_MOM, sqrMom);
    }

    /** Returns a copy with another initial {@link Hyper#EPS}. */
    public OptimizerSpec withEps(double eps) {
        return with(Hyper.EPS, eps);
    }

    /** Returns a copy with another initial {@link Hyper#WD}. */
    public OptimizerSpec withWd(double wd) {
        return with(Hyper.WD, wd);
    }

    /**
     * Returns a copy with weight decay as L2 regularization, fastai's {@code decouple_wd=False}: g ← g + wd·p instead of p ← p·(1 − lr·wd).
     * The gradients in the parameters do not change.
     */
    public OptimizerSpec withCoupledDecay() {
        return new OptimizerSpec(hypers, new Decay(true, decay.all()), rule);
    }

    /** Returns a copy with decoupled weight decay, p ← p·(1 − lr·wd), as PyTorch's {@code decoupled_weight_decay=True} of NAdam. */
    public OptimizerSpec withDecoupledDecay() {
        return new OptimizerSpec(hypers, new Decay(false, decay.all()), rule);
    }

    /** Returns a copy that applies weight decay to biases and norms too, fastai's {@code wd_bn_bias=True}. */
    public OptimizerSpec withDecayOfNormsAndBiases() {
        return new OptimizerSpec(hypers, new Decay(decay.coupled(), true), rule);
    }

    /** This optimizer in a {@link Lookahead}. */
    OptimizerSpec inLookahead(int k, double alpha) {
        return new OptimizerSpec(hypers, decay, initial -> new Lookahead(rule.apply(initial), k, alpha));
    }

    @Override
    public Optimizer create(List<List<Parameter>> groups, double lr) {
        Map<Hyper, Double> initial = withInitial(Hyper.LR, lr).hypers;
        return new Optimizer(groups, initial, rule.apply(initial), decay);
    }

    /** {@code Adam with mom 0.9, sqr_mom 0.999, eps 1.0E-8, wd 0.01}. */
    @Override
    public String toString() {
        return rule.apply(hypers).label() + " with "
                + ParameterGroup.words(hypers.entrySet().stream().filter(e -> e.getKey() != Hyper.LR))
                + (decay.coupled() ? ", coupled decay" : "") + (decay.all() ? ", decay of norms and biases" : "");
    }
}
