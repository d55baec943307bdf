package dev.rondo.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/** The optimizers that come with Rondo, with fastai's defaults and names. */
public final class Optimizers {
    private Optimizers() {}

    /** SGD without momentum or decay. */
    public static Recipe sgd() {
        return sgd(0, 0);
    }

    /**
     * SGD in fastai's sequence: decoupled decay, then momentum without dampening.
     *
     * @param momentum 0 for none; later changes of {@code mom} have an effect only if it is not 0 here
     * @param weightDecay 0 for none; never applied to biases and norms
     */
    public static Recipe sgd(double momentum, double weightDecay) {
        return sgd(momentum, weightDecay, true);
    }

    /**
     * {@link #sgd(double, double)}, but the momentum's product is rounded before the gradient is added, as in fastai and wherever nothing
     * is fused: on the CPU its numbers are fastai's to the last bit. One more operator for each group and step; for comparing runs.
     */
    public static Recipe unfusedSgd(double momentum, double weightDecay) {
        return sgd(momentum, weightDecay, false);
    }

    private static Recipe sgd(double momentum, double weightDecay, boolean fused) {
        return new Recipe(
                (groups, hypers) -> new Sgd(groups, hypers, fused), hypers("mom", momentum, "wd", weightDecay));
    }

    /**
     * fastai's RMSProp: decoupled decay, then the gradient, or its momentum, over the root of the averaged squares. mom 0, sqr_mom 0.99,
     * eps 1e-8, wd 0. Later changes of {@code mom} have an effect only if it is not 0 at first.
     */
    public static Recipe rmsProp() {
        return new Recipe(RmsProp::new, hypers("mom", 0, "sqr_mom", 0.99, "eps", 1e-8, "wd", 0));
    }

    /** fastai's Adam, whose decay is decoupled as AdamW's: mom 0.9, sqr_mom 0.99, eps 1e-5, wd 0.01 (of weights, not of biases and norms). */
    public static Recipe adam() {
        return new Recipe(AdamW::new, hypers("mom", 0.9, "sqr_mom", 0.99, "eps", 1e-5, "wd", 0.01));
    }

    /** AdamW with PyTorch's defaults: β 0.9 and 0.999, eps 1e-8, weight decay 0.01 (of weights, not of biases and norms). */
    public static Recipe adamW() {
        return adam().sqrMom(0.999).eps(1e-8);
    }

    /** AdamW with PyTorch's defaults but for the weight decay. */
    public static Recipe adamW(double weightDecay) {
        return adamW().wd(weightDecay);
    }

    /** Hyper-parameters by name, in sequence, behind the learning rate, which is not known yet. */
    private static Map<String, Double> hypers(Object... namesAndValues) {
        Map<String, Double> hypers = new LinkedHashMap<>();
        hypers.put("lr", 0.0);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            hypers.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return hypers;
    }
}
