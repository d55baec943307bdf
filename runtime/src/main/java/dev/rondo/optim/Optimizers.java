package dev.rondo.optim;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The optimizers of Rondo, with fastai's defaults. {@link OptimizerSpec} changes their hyper-parameters. By default weight decay is
 * decoupled, p ← p·(1 − lr·wd) at the start of a step, and does not apply to biases and norms. docs/optimizers.md describes each optimizer.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html">fastai, optimizers</a>
 */
public final class Optimizers {
    private Optimizers() {}

    /** SGD without momentum and weight decay. */
    public static OptimizerSpec sgd() {
        return sgd(0, 0);
    }

    /**
     * SGD: weight decay, then momentum without dampening.
     *
     * @param momentum 0 for none. If it is 0, later changes of {@link Hyper#MOM} have no effect.
     * @param weightDecay 0 for none
     */
    public static OptimizerSpec sgd(double momentum, double weightDecay) {
        return spec(h -> new Sgd(hasMomentum(h), false), Map.of(Hyper.MOM, momentum, Hyper.WD, weightDecay));
    }

    /**
     * {@link #sgd(double, double)} with one operator for each term. Each term is rounded by itself, as in fastai, so that the results on
     * the CPU are equal to fastai's to the last bit. Slower.
     */
    public static OptimizerSpec unfusedSgd(double momentum, double weightDecay) {
        return spec(h -> new UnfusedSgd(hasMomentum(h)), Map.of(Hyper.MOM, momentum, Hyper.WD, weightDecay));
    }

    /**
     * SGD with Nesterov momentum, by PyTorch's formula. fastai does not have it.
     *
     * @param momentum above 0
     */
    public static OptimizerSpec nesterov(double momentum) {
        return spec(Optimizers::nesterov, Map.of(Hyper.MOM, momentum, Hyper.WD, 0.0));
    }

    private static UpdateRule nesterov(Map<Hyper, Double> initial) {
        Range.POSITIVE.check("Nesterov momentum", initial.getOrDefault(Hyper.MOM, 0.0));
        return new Sgd(true, true);
    }

    /** fastai's RMSProp: mom 0, sqr_mom 0.99, eps 1e-8, wd 0. If the initial {@link Hyper#MOM} is 0, later changes of it have no effect. */
    public static OptimizerSpec rmsProp() {
        return spec(
                h -> new RmsProp(hasMomentum(h)),
                Map.of(Hyper.MOM, 0.0, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-8, Hyper.WD, 0.0));
    }

    /** fastai's Adam, which is AdamW because its weight decay is decoupled: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0.01. */
    public static OptimizerSpec adam() {
        return spec(h -> new Adam(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.01));
    }

    /**
     * {@link #adam()} with one operator for each term, as {@link #unfusedSgd}. Results differ from fastai's only where libtorch computes
     * square roots differently.
     */
    public static OptimizerSpec unfusedAdam() {
        return spec(
                h -> new UnfusedAdam(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.01));
    }

    /** AdamW with PyTorch's defaults: mom 0.9, sqr_mom 0.999, eps 1e-8, wd 0.01. */
    public static OptimizerSpec adamW() {
        return adam().withSqrMom(0.999).withEps(1e-8);
    }

    /** AdamW with PyTorch's defaults and the given weight decay. */
    public static OptimizerSpec adamW(double weightDecay) {
        return adamW().withWd(weightDecay);
    }

    /** fastai's rectified Adam: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0, beta 0. */
    public static OptimizerSpec rAdam() {
        return spec(
                h -> new RAdam(),
                Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.0, Hyper.BETA, 0.0));
    }

    /** fastai's quasi-hyperbolic Adam: mom 0.999, sqr_mom 0.999, nu_1 0.7, nu_2 1, eps 1e-8, wd 0. */
    public static OptimizerSpec qhAdam() {
        return spec(
                h -> new QhAdam(),
                Map.of(
                        Hyper.MOM,
                        0.999,
                        Hyper.SQR_MOM,
                        0.999,
                        Hyper.NU_1,
                        0.7,
                        Hyper.NU_2,
                        1.0,
                        Hyper.EPS,
                        1e-8,
                        Hyper.WD,
                        0.0));
    }

    /**
     * fastai's Larc: mom 0.9, trust_coeff 0.02, eps 1e-8, wd 0. The local learning rate of a parameter is at most lr. If the initial {@link
     * Hyper#MOM} is 0, later changes of it have no effect.
     */
    public static OptimizerSpec larc() {
        return layerwise(true);
    }

    /** LARS, fastai's {@code Larc(clip=False)}: {@link #larc()} whose local learning rates may exceed lr. */
    public static OptimizerSpec lars() {
        return layerwise(false);
    }

    private static OptimizerSpec layerwise(boolean clips) {
        return spec(
                h -> new Larc(hasMomentum(h), clips),
                Map.of(Hyper.MOM, 0.9, Hyper.TRUST_COEFF, 0.02, Hyper.EPS, 1e-8, Hyper.WD, 0.0));
    }

    /** fastai's Lamb: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0. */
    public static OptimizerSpec lamb() {
        return spec(h -> new Lamb(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.0));
    }

    /** Lookahead over another optimizer, with fastai's k 6 and alpha 0.5. */
    public static OptimizerSpec lookahead(OptimizerSpec optimizer) {
        return lookahead(optimizer, 6, 0.5);
    }

    /**
     * Lookahead over another optimizer. Has the hyper-parameters of that optimizer.
     *
     * @param k number of steps between two updates of the slow weights, at least 1
     * @param alpha step size of the slow weights, 0 to 1
     * @throws IllegalArgumentException if k or alpha is out of range, or the other optimizer is a lookahead
     */
    public static OptimizerSpec lookahead(OptimizerSpec optimizer, int k, double alpha) {
        return Argument.given("optimizer", optimizer).inLookahead(k, alpha);
    }

    /** fastai's ranger: {@link #lookahead(OptimizerSpec) lookahead} over {@link #rAdam() rAdam} with mom 0.95, eps 1e-6, wd 0.01. */
    public static OptimizerSpec ranger() {
        return lookahead(rAdam().withMom(0.95).withEps(1e-6).withWd(0.01));
    }

    private static boolean hasMomentum(Map<Hyper, Double> initial) {
        return initial.getOrDefault(Hyper.MOM, 0.0) != 0;
    }

    /** @param hypers the initial hyper-parameters without the learning rate, which is given when the optimizer is made */
    private static OptimizerSpec spec(Function<Map<Hyper, Double>, UpdateRule> rule, Map<Hyper, Double> hypers) {
        Map<Hyper, Double> values = new EnumMap<>(hypers);
        values.put(Hyper.LR, 0.0);
        return new OptimizerSpec(values, Decay.DEFAULT, rule);
    }
}
