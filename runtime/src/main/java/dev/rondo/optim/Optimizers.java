package dev.rondo.optim;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The optimizers that come with Rondo, with fastai's defaults and names of hyper-parameters; {@link OptimizerSpec} changes them. Weight decay is
 * decoupled, p ← p·(1 − lr·wd) before all else, and leaves out biases and norms, unless told otherwise. docs/optimizers.md has a card for
 * each.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html">fastai, optimizers</a>
 */
public final class Optimizers {
    private Optimizers() {}

    /** SGD without momentum or decay. */
    public static OptimizerSpec sgd() {
        return sgd(0, 0);
    }

    /**
     * SGD in fastai's sequence: decay, then momentum without dampening.
     *
     * @param momentum 0 for none; later changes of {@code mom} have an effect only if it is not 0 here
     * @param weightDecay 0 for none
     */
    public static OptimizerSpec sgd(double momentum, double weightDecay) {
        return spec(h -> new Sgd(hasMomentum(h), false), Map.of(Hyper.MOM, momentum, Hyper.WD, weightDecay));
    }

    /**
     * {@link #sgd(double, double)} with an operator for each term, so that each is rounded by itself, as in fastai: to compare numbers
     * with fastai's, which on the CPU are the same to the last bit. Slower.
     */
    public static OptimizerSpec unfusedSgd(double momentum, double weightDecay) {
        return spec(h -> new UnfusedSgd(hasMomentum(h)), Map.of(Hyper.MOM, momentum, Hyper.WD, weightDecay));
    }

    /**
     * SGD with Nesterov's momentum, PyTorch's formula; fastai has none.
     *
     * @param momentum more than 0
     */
    public static OptimizerSpec nesterov(double momentum) {
        if (!(momentum > 0)) {
            throw new IllegalArgumentException("Nesterov's momentum is more than 0, not " + momentum + ".");
        }
        return spec(h -> new Sgd(true, true), Map.of(Hyper.MOM, momentum, Hyper.WD, 0.0));
    }

    /**
     * fastai's RMSProp: mom 0, sqr_mom 0.99, eps 1e-8, wd 0. Later changes of {@code mom} have an effect only if it is not 0 at first.
     */
    public static OptimizerSpec rmsProp() {
        return spec(
                h -> new RmsProp(hasMomentum(h)),
                Map.of(Hyper.MOM, 0.0, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-8, Hyper.WD, 0.0));
    }

    /** fastai's Adam, whose decay makes it an AdamW: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0.01. */
    public static OptimizerSpec adam() {
        return spec(h -> new Adam(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.01));
    }

    /** {@link #adam()} with an operator for each term, as {@link #unfusedSgd}; only square roots differ where libtorch has others. */
    public static OptimizerSpec unfusedAdam() {
        return spec(
                h -> new UnfusedAdam(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.EPS, 1e-5, Hyper.WD, 0.01));
    }

    /** AdamW with PyTorch's defaults: mom 0.9, sqr_mom 0.999, eps 1e-8, wd 0.01. */
    public static OptimizerSpec adamW() {
        return adam().withSqrMom(0.999).withEps(1e-8);
    }

    /** AdamW with PyTorch's defaults but for the weight decay. */
    public static OptimizerSpec adamW(double weightDecay) {
        return adamW().withWd(weightDecay);
    }

    /** fastai's rectified Adam: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0, beta 0 (of a softplus of the divisor; 0 for none). */
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
     * fastai's Larc: mom 0.9, trust_coeff 0.02, eps 1e-8, wd 0; the rate of a parameter is at most lr. Later changes of {@code mom} have
     * an effect only if it is not 0 at first.
     */
    public static OptimizerSpec larc() {
        return layerwise(true);
    }

    /** LARS, fastai's {@code Larc(clip=False)}: as {@link #larc()}, but the rate of a parameter may be more than lr. */
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
     * Lookahead over another optimizer, whose hyper-parameters it has.
     *
     * @param k how many steps the other one goes ahead, at least 1
     * @param alpha how far the slow weights follow, 0 to 1
     */
    public static OptimizerSpec lookahead(OptimizerSpec optimizer, int k, double alpha) {
        return optimizer.ahead(k, alpha);
    }

    /** fastai's ranger: {@link #lookahead(OptimizerSpec) lookahead} over {@link #rAdam() rAdam} with mom 0.95, eps 1e-6, wd 0.01. */
    public static OptimizerSpec ranger() {
        return lookahead(rAdam().withMom(0.95).withEps(1e-6).withWd(0.01));
    }

    private static boolean hasMomentum(Map<Hyper, Double> start) {
        return start.getOrDefault(Hyper.MOM, 0.0) != 0;
    }

    /** @param hypers the start values of all hyper-parameters but the learning rate, which is given when the optimizer is made */
    private static OptimizerSpec spec(Function<Map<Hyper, Double>, UpdateRule> method, Map<Hyper, Double> hypers) {
        Map<Hyper, Double> values = new EnumMap<>(hypers);
        values.put(Hyper.LR, 0.0);
        return new OptimizerSpec(values, new Decay(false, false), method);
    }
}
