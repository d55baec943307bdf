package dev.rondo.optim;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The optimizers of Rondo, with fastai's defaults, or with PyTorch's where fastai has none. {@link OptimizerSpec} changes their
 * hyper-parameters. Unless stated otherwise, weight decay is decoupled, p ← p·(1 − lr·wd) at the start of a step. It does not apply to biases
 * and norms. docs/optimizers.md describes each optimizer.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html">fastai, optimizers</a>
 * @see <a href="https://docs.pytorch.org/docs/2.10/optim.html">torch.optim</a>
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

    /**
     * Adam with Nesterov momentum, with PyTorch's defaults: mom 0.9, sqr_mom 0.999, momentum_decay 0.004, eps 1e-8, wd 0. Weight decay is
     * coupled, unless {@link OptimizerSpec#withDecoupledDecay}.
     */
    public static OptimizerSpec nAdam() {
        return spec(
                        h -> new NAdam(),
                        Map.of(
                                Hyper.MOM,
                                0.9,
                                Hyper.SQR_MOM,
                                0.999,
                                Hyper.MOMENTUM_DECAY,
                                0.004,
                                Hyper.EPS,
                                1e-8,
                                Hyper.WD,
                                0.0))
                .withCoupledDecay();
    }

    /** AMSGrad, PyTorch's {@code AdamW(amsgrad=True)}: {@link #adamW()} whose divisor never falls, with the same defaults. */
    public static OptimizerSpec amsGrad() {
        return spec(h -> new AmsGrad(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.999, Hyper.EPS, 1e-8, Hyper.WD, 0.01));
    }

    /**
     * Lion, which moves every element by lr: mom 0.9 in a step, sqr_mom 0.99 in the average that is kept, wd 0. The paper takes learning
     * rates that are 3 to 10 times smaller than AdamW's, and a weight decay as many times larger.
     */
    public static OptimizerSpec lion() {
        return spec(h -> new Lion(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.99, Hyper.WD, 0.0));
    }

    /** Adagrad with PyTorch's defaults: lr_decay 0, eps 1e-10, wd 0. Weight decay is coupled. */
    public static OptimizerSpec adagrad() {
        return adagrad(0);
    }

    /**
     * {@link #adagrad()} whose sums of squared gradients start with a number.
     *
     * @param start 0 or more
     */
    public static OptimizerSpec adagrad(double start) {
        return spec(h -> new Adagrad(start), Map.of(Hyper.LR_DECAY, 0.0, Hyper.EPS, 1e-10, Hyper.WD, 0.0))
                .withCoupledDecay();
    }

    /**
     * Adafactor with PyTorch's defaults: beta2_decay −0.8, clip_threshold 1, eps 0.001, wd 0. Its state of a matrix is a row and a column.
     * The learning rate is relative to the size of the parameter.
     */
    public static OptimizerSpec adafactor() {
        return spec(
                h -> new Adafactor(false),
                Map.of(Hyper.BETA2_DECAY, -0.8, Hyper.CLIP_THRESHOLD, 1.0, Hyper.EPS, 1e-3, Hyper.WD, 0.0));
    }

    /** Muon with PyTorch's defaults, for models whose parameters are all matrices: mom 0.95, wd 0.1. */
    public static OptimizerSpec muon() {
        return spec(h -> new Muon(false), Map.of(Hyper.MOM, 0.95, Hyper.WD, 0.1));
    }

    /**
     * {@link #muon()} for weights that are matrices, with steps as long as AdamW's (PyTorch's {@code match_rms_adamw}), and {@link
     * #adamW()} for all other parameters: mom 0.95, wd 0.1 for both, and sqr_mom 0.999, eps 1e-8 for AdamW.
     */
    public static OptimizerSpec muonWithAdamW() {
        return spec(h -> new Muon(true), Map.of(Hyper.MOM, 0.95, Hyper.SQR_MOM, 0.999, Hyper.EPS, 1e-8, Hyper.WD, 0.1));
    }

    /** Rprop with PyTorch's defaults: eta_minus 0.5, eta_plus 1.2, step_min 1e-6, step_max 50; wd 0, which PyTorch does not have. */
    public static OptimizerSpec rprop() {
        return spec(
                h -> new Rprop(),
                Map.of(
                        Hyper.ETA_MINUS,
                        0.5,
                        Hyper.ETA_PLUS,
                        1.2,
                        Hyper.STEP_MIN,
                        1e-6,
                        Hyper.STEP_MAX,
                        50.0,
                        Hyper.WD,
                        0.0));
    }

    /** Adadelta with PyTorch's defaults: rho 0.9, eps 1e-6, wd 0. Weight decay is coupled. PyTorch's learning rate is 1. */
    public static OptimizerSpec adadelta() {
        return spec(h -> new Adadelta(), Map.of(Hyper.RHO, 0.9, Hyper.EPS, 1e-6, Hyper.WD, 0.0))
                .withCoupledDecay();
    }

    /** Adamax with PyTorch's defaults: mom 0.9, sqr_mom 0.999, eps 1e-8, wd 0. Weight decay is coupled. */
    public static OptimizerSpec adamax() {
        return spec(h -> new Adamax(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.999, Hyper.EPS, 1e-8, Hyper.WD, 0.0))
                .withCoupledDecay();
    }

    /**
     * An optimizer of one's own.
     *
     * @param rule its formula
     * @param hypers the initial hyper-parameters that the rule uses, without the learning rate, which is set in the learner or in a fit;
     *     {@link Hyper#WD} is 0 if it is not among them
     * @throws IllegalArgumentException if {@link Hyper#LR} is among them, or a value is out of its range
     */
    public static OptimizerSpec of(UpdateRule rule, Map<Hyper, Double> hypers) {
        Argument.given("rule", rule);
        Argument.given("hypers", hypers).forEach((hyper, value) -> {
            Argument.given("hypers", hyper);
            Argument.given("hypers[" + hyper + "]", value);
        });
        if (hypers.containsKey(Hyper.LR)) throw OptimizerSpec.learningRateInSpec();
        Map<Hyper, Double> values = new HashMap<>(hypers);
        values.putIfAbsent(Hyper.WD, 0.0);
        return spec(h -> rule, values);
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
