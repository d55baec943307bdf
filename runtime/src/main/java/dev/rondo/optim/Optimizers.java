package dev.rondo.optim;

import java.util.LinkedHashMap;
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
        return recipe(h -> new Sgd(h.get("mom") != 0, false), "mom", momentum, "wd", weightDecay);
    }

    /**
     * {@link #sgd(double, double)} with an operator for each term, so that each is rounded by itself, as in fastai: to compare numbers
     * with fastai's, which on the CPU are the same to the last bit. Slower.
     */
    public static OptimizerSpec unfusedSgd(double momentum, double weightDecay) {
        return recipe(h -> new UnfusedSgd(h.get("mom") != 0), "mom", momentum, "wd", weightDecay);
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
        return recipe(h -> new Sgd(true, true), "mom", momentum, "wd", 0);
    }

    /**
     * fastai's RMSProp: mom 0, sqr_mom 0.99, eps 1e-8, wd 0. Later changes of {@code mom} have an effect only if it is not 0 at first.
     */
    public static OptimizerSpec rmsProp() {
        return recipe(h -> new RmsProp(h.get("mom") != 0), "mom", 0, "sqr_mom", 0.99, "eps", 1e-8, "wd", 0);
    }

    /** fastai's Adam, whose decay makes it an AdamW: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0.01. */
    public static OptimizerSpec adam() {
        return recipe(h -> new Adam(), "mom", 0.9, "sqr_mom", 0.99, "eps", 1e-5, "wd", 0.01);
    }

    /** {@link #adam()} with an operator for each term, as {@link #unfusedSgd}; only square roots differ where libtorch has others. */
    public static OptimizerSpec unfusedAdam() {
        return recipe(h -> new UnfusedAdam(), "mom", 0.9, "sqr_mom", 0.99, "eps", 1e-5, "wd", 0.01);
    }

    /** AdamW with PyTorch's defaults: mom 0.9, sqr_mom 0.999, eps 1e-8, wd 0.01. */
    public static OptimizerSpec adamW() {
        return adam().sqrMom(0.999).eps(1e-8);
    }

    /** AdamW with PyTorch's defaults but for the weight decay. */
    public static OptimizerSpec adamW(double weightDecay) {
        return adamW().wd(weightDecay);
    }

    /** fastai's rectified Adam: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0, beta 0 (of a softplus of the divisor; 0 for none). */
    public static OptimizerSpec rAdam() {
        return recipe(h -> new RAdam(), "mom", 0.9, "sqr_mom", 0.99, "eps", 1e-5, "wd", 0, "beta", 0);
    }

    /** fastai's quasi-hyperbolic Adam: mom 0.999, sqr_mom 0.999, nu_1 0.7, nu_2 1, eps 1e-8, wd 0. */
    public static OptimizerSpec qhAdam() {
        return recipe(h -> new QhAdam(), "mom", 0.999, "sqr_mom", 0.999, "nu_1", 0.7, "nu_2", 1, "eps", 1e-8, "wd", 0);
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
        return recipe(h -> new Larc(h.get("mom") != 0, clips), "mom", 0.9, "trust_coeff", 0.02, "eps", 1e-8, "wd", 0);
    }

    /** fastai's Lamb: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0. */
    public static OptimizerSpec lamb() {
        return recipe(h -> new Lamb(), "mom", 0.9, "sqr_mom", 0.99, "eps", 1e-5, "wd", 0);
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
        return lookahead(rAdam().mom(0.95).eps(1e-6).wd(0.01));
    }

    /** @param hypers names and values, in sequence */
    private static OptimizerSpec recipe(Function<Map<String, Double>, UpdateRule> method, Object... hypers) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("lr", 0.0); // told when it is made
        for (int i = 0; i < hypers.length; i += 2) {
            values.put((String) hypers[i], ((Number) hypers[i + 1]).doubleValue());
        }
        return new OptimizerSpec(values, new Decay(false, false), method);
    }
}
