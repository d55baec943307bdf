package dev.rondo.optim;

/** The optimizers that come with Rondo. */
public final class Optimizers {
    private Optimizers() {}

    /** SGD without momentum or decay. */
    public static Optimizer.Factory sgd() {
        return sgd(0, 0);
    }

    /**
     * SGD in fastai's sequence: decoupled decay, then momentum without dampening.
     *
     * @param momentum 0 for none; later changes of {@code mom} have an effect only if it is not 0 here
     * @param weightDecay 0 for none; never applied to biases and norms
     */
    public static Optimizer.Factory sgd(double momentum, double weightDecay) {
        return (groups, lr) -> new Sgd(groups, lr, momentum, weightDecay);
    }

    /** AdamW with PyTorch's defaults: β 0.9 and 0.999, eps 1e-8, weight decay 0.01 (of weights, not of biases and norms). */
    public static Optimizer.Factory adamW() {
        return adamW(0.01);
    }

    /** AdamW with PyTorch's defaults but for the weight decay. */
    public static Optimizer.Factory adamW(double weightDecay) {
        return (groups, lr) -> new AdamW(groups, lr, 0.9, 0.999, 1e-8, weightDecay);
    }
}
