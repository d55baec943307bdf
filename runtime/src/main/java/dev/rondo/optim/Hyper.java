package dev.rondo.optim;

/**
 * The hyper-parameters of the optimizers. Each optimizer has some of them; {@link ParameterGroup#hypers()} and docs/optimizers.md list
 * them. Any finite number can be set; the ranges given here are the useful ones.
 */
public enum Hyper {
    /** Learning rate: the factor of each step. PyTorch: {@code lr}. Range: 0 or more. */
    LR("lr"),

    /**
     * Momentum: the weight of the past in the average of gradients (β₁ in Adam). PyTorch: {@code momentum} in SGD and RMSprop, {@code
     * betas[0]} in Adam. Range: 0 to below 1.
     */
    MOM("mom"),

    /**
     * The weight of the past in the average of squared gradients (β₂ in Adam). PyTorch: {@code betas[1]} in Adam, {@code alpha} in RMSprop.
     * Range: 0 to below 1.
     */
    SQR_MOM("sqr_mom"),

    /**
     * Weight of the average of gradients in the step of QHAdam (ν₁); the rest is the weight of the gradient. Not in PyTorch. Range: 0 to 1.
     */
    NU_1("nu_1"),

    /**
     * Weight of the average of squared gradients in the divisor of QHAdam (ν₂); the rest is the weight of the squared gradient. Not in
     * PyTorch. Range: 0 to 1.
     */
    NU_2("nu_2"),

    /** Trust coefficient of LARS and LARC, a factor of each parameter's local learning rate. Not in PyTorch. Range: above 0. */
    TRUST_COEFF("trust_coeff"),

    /** Number added to divisors so that they are not 0. PyTorch: {@code eps}. Range: above 0. */
    EPS("eps"),

    /** Weight decay. PyTorch: {@code weight_decay}. Range: 0 or more. */
    WD("wd"),

    /**
     * Sharpness of the softplus of the divisor in RAdam; 0 for no softplus. PyTorch has it as {@code beta} of softplus. Range: 0 or more.
     */
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
