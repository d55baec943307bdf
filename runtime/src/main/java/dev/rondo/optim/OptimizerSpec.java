package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An optimizer to be made once the model is there, with the values that its hyper-parameters start with. Immutable: each method returns
 * another recipe, so that {@code Optimizers.adam().wd(0).eps(1e-8)} reads as it is meant. The names are fastai's. The same recipe may
 * make any number of optimizers.
 */
public final class OptimizerSpec implements Optimizer.Factory {
    private final Map<String, Double> hypers;
    private final Decay decay;
    private final Function<Map<String, Double>, UpdateRule> method;

    /**
     * @param hypers the hyper-parameters, {@code lr} among them
     * @param method makes the method from the values that the hyper-parameters start with
     */
    OptimizerSpec(Map<String, Double> hypers, Decay decay, Function<Map<String, Double>, UpdateRule> method) {
        this.hypers = hypers;
        this.decay = decay;
        this.method = method;
    }

    /**
     * Another start value for a hyper-parameter, other than {@code lr}: that is the learner's, or a fit's.
     *
     * @throws IllegalArgumentException if the optimizer has none of that name, or the value is not finite
     */
    public OptimizerSpec with(String name, double value) {
        if (name.equals("lr")) {
            throw new IllegalArgumentException(
                    "A learning rate is the learner's, or a fit's: give it to them, not to the optimizer's recipe.");
        }
        return starting(name, value);
    }

    private OptimizerSpec starting(String name, double value) {
        Map<String, Double> changed = new LinkedHashMap<>(hypers);
        ParameterGroup.put(changed, name, value);
        return new OptimizerSpec(changed, decay, method);
    }

    /** {@code mom}: momentum, or the share that an average of gradients keeps at each step (β₁). */
    public OptimizerSpec mom(double mom) {
        return with("mom", mom);
    }

    /** {@code sqr_mom}: the share that the average of squared gradients keeps at each step (β₂; α in PyTorch's RMSprop). */
    public OptimizerSpec sqrMom(double sqrMom) {
        return with("sqr_mom", sqrMom);
    }

    /** {@code eps}: what is added to divisors. */
    public OptimizerSpec eps(double eps) {
        return with("eps", eps);
    }

    /** {@code wd}: weight decay. */
    public OptimizerSpec wd(double wd) {
        return with("wd", wd);
    }

    /**
     * Decay as L2 regularisation, fastai's {@code decouple_wd=False}: g ← g + wd·p, in place of p ← p·(1 − lr·wd). The gradients
     * themselves stay as they are.
     */
    public OptimizerSpec coupledDecay() {
        return new OptimizerSpec(hypers, new Decay(true, decay.all()), method);
    }

    /** Decay for biases and norms too, fastai's {@code wd_bn_bias=True}. */
    public OptimizerSpec decayAll() {
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
        Map<String, Double> start = starting("lr", lr).hypers;
        return new Optimizer(groups, start, method.apply(start), decay);
    }
}
