package dev.rondo.optim;

import dev.rondo.check.Range;

/**
 * The hyper-parameters of the optimizers. Each optimizer has some of them; {@link ParameterGroup#hypers()} and docs/optimizers.md list
 * them, and an optimizer refuses values that are out of their range. PyTorch refuses the same.
 *
 * @see <a href="https://pytorch.org/docs/stable/optim.html">torch.optim</a>
 */
public enum Hyper {
    /** Learning rate: the factor of each step. PyTorch: {@code lr}. Range: 0 or more. */
    LR("lr", "A learning rate", Range.NOT_NEGATIVE),

    /**
     * Momentum: the weight of the past in the average of gradients (β₁ in Adam). PyTorch: {@code momentum} in SGD and RMSprop, {@code
     * betas[0]} in Adam. Range: 0 or more; 0 to below 1 in Lion, and in the optimizers that correct the bias of the average, which
     * are those named after Adam, AMSGrad and Lamb.
     */
    MOM("mom", "A momentum", Range.NOT_NEGATIVE),

    /**
     * The weight of the past in the average of squared gradients (β₂ in Adam). PyTorch: {@code betas[1]} in Adam, {@code alpha} in RMSprop.
     * Range: 0 to below 1.
     */
    SQR_MOM("sqr_mom", Range.BELOW_1),

    /** The weight of the past in both averages of Adadelta. PyTorch: {@code rho}. Range: 0 to 1. */
    RHO("rho", Range.FRACTION),

    /** How fast the momentum of NAdam rises from half of {@link #MOM} to all of it. PyTorch: {@code momentum_decay}. Range: 0 or more. */
    MOMENTUM_DECAY("momentum_decay", Range.NOT_NEGATIVE),

    /** Decay of the learning rate of Adagrad: in step n it is lr/(1 + (n−1)·lr_decay). PyTorch: {@code lr_decay}. Range: 0 or more. */
    LR_DECAY("lr_decay", Range.NOT_NEGATIVE),

    /**
     * How fast Adafactor's averages of squared gradients become slow: in step n, the new value has the weight n^beta2_decay. PyTorch:
     * {@code beta2_decay}. Range: 0 or less.
     */
    BETA2_DECAY("beta2_decay", Range.NOT_POSITIVE),

    /** The largest root mean square of an update of Adafactor before it is scaled. PyTorch: {@code d}. Range: 1 or more. */
    CLIP_THRESHOLD("clip_threshold", Range.AT_LEAST_1),

    /** The factor of Rprop's step sizes where the gradient has changed its sign. PyTorch: {@code etas[0]}. Range: above 0 and below 1. */
    ETA_MINUS("eta_minus", Range.INSIDE_1),

    /** The factor of Rprop's step sizes where the gradient has kept its sign. PyTorch: {@code etas[1]}. Range: above 1. */
    ETA_PLUS("eta_plus", Range.ABOVE_1),

    /** The smallest step size of Rprop. PyTorch: {@code step_sizes[0]}. Range: 0 or more. */
    STEP_MIN("step_min", Range.NOT_NEGATIVE),

    /** The largest step size of Rprop. PyTorch: {@code step_sizes[1]}. Range: 0 or more. */
    STEP_MAX("step_max", Range.NOT_NEGATIVE),

    /**
     * Weight of the average of gradients in the step of QHAdam (ν₁); the rest is the weight of the gradient. Not in PyTorch. Range: 0 to 1.
     */
    NU_1("nu_1", Range.FRACTION),

    /**
     * Weight of the average of squared gradients in the divisor of QHAdam (ν₂); the rest is the weight of the squared gradient. Not in
     * PyTorch. Range: 0 to 1.
     */
    NU_2("nu_2", Range.FRACTION),

    /** Trust coefficient of LARS and LARC, a factor of each parameter's local learning rate. Not in PyTorch. Range: 0 or more. */
    TRUST_COEFF("trust_coeff", Range.NOT_NEGATIVE),

    /**
     * Number added to divisors so that they are not 0. PyTorch: {@code eps}. In Adafactor, the smallest root mean square of a parameter for
     * the size of its step (PyTorch: {@code eps[1]}). Range: 0 or more.
     */
    EPS("eps", Range.NOT_NEGATIVE),

    /** Weight decay. PyTorch: {@code weight_decay}. Range: 0 or more. */
    WD("wd", "A weight decay", Range.NOT_NEGATIVE),

    /**
     * Sharpness of the softplus of the divisor in RAdam; 0 for no softplus. PyTorch has it as {@code beta} of softplus. Range: 0 or more.
     */
    BETA("beta", Range.NOT_NEGATIVE);

    private final String key;
    private final String subject;
    private final Range range;

    Hyper(String key, Range range) {
        this(key, key, range);
    }

    /** @param subject the subject of sentences about a value */
    Hyper(String key, String subject, Range range) {
        this.key = key;
        this.subject = subject;
        this.range = range;
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if it is out of range or not finite
     */
    public double check(double value) {
        return check(value, range);
    }

    /** Checks a value of an optimizer that has another range. */
    double check(double value, Range range) {
        return range.check(subject, value);
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
