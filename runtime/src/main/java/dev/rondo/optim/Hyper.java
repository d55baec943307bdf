package dev.rondo.optim;

/**
 * The hyper-parameters of the optimizers. Each optimizer has some of them: see {@link ParameterGroup#hypers()} and the table in
 * docs/optimizers.md. A value is any finite number; the ranges given here are those in which it is useful.
 */
public enum Hyper {
    /** Learning rate: the factor of each step. PyTorch: {@code lr}. Range: 0 or more. */
    LR("lr"),

    /**
     * Momentum: the factor of the moving average of gradients at each step (β₁ in Adam). PyTorch: {@code momentum} in SGD and RMSprop,
     * {@code betas[0]} in Adam. Range: 0 to below 1.
     */
    MOM("mom"),

    /**
     * The factor of the moving average of squared gradients at each step (β₂ in Adam). PyTorch: {@code betas[1]} in Adam, {@code alpha}
     * in RMSprop. Range: 0 to below 1.
     */
    SQR_MOM("sqr_mom"),

    /** Weight of the averaged gradient against the plain gradient in QHAdam (ν₁). Not in PyTorch. Range: 0 to 1. */
    NU_1("nu_1"),

    /** Weight of the averaged square against the plain square of the gradient in QHAdam (ν₂). Not in PyTorch. Range: 0 to 1. */
    NU_2("nu_2"),

    /** Trust coefficient of LARS and LARC: the largest step of a parameter, relative to its norm. Not in PyTorch. Range: above 0. */
    TRUST_COEFF("trust_coeff"),

    /** The number added to divisors, so that they are not 0. PyTorch: {@code eps}. Range: above 0. */
    EPS("eps"),

    /** Weight decay. PyTorch: {@code weight_decay}. Range: 0 or more. */
    WD("wd"),

    /** Sharpness of the softplus of the divisor in RAdam; 0 turns the softplus off. Not in PyTorch. Range: 0 or more. */
    BETA("beta");

    private final String key;

    Hyper(String key) {
        this.key = key;
    }

    /** The name in files and messages, which is fastai's: {@code lr}, {@code sqr_mom}, … */
    public String key() {
        return key;
    }

    /** The {@link #key}. */
    @Override
    public String toString() {
        return key;
    }
}
