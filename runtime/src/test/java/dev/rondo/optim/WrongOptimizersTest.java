package dev.rondo.optim;

import static dev.rondo.check.Wrong.call;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.check.Wrong;
import dev.rondo.nn.Parameter;
import dev.rondo.own.AdaBelief;
import dev.rondo.torch.InScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of optimizers, and what is said. The ranges are those of torch.optim 2.10. */
@ExtendWith(InScope.class)
class WrongOptimizersTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    static Stream<Wrong> wrongRecipes() {
        return Stream.of(
                call("A momentum is 0 or more, not -1.0.", () -> Optimizers.sgd(-1, 0)),
                call("A momentum is 0 or more, not NaN.", () -> Optimizers.sgd(Double.NaN, 0)),
                call("A momentum is a finite number, not Infinity.", () -> Optimizers.sgd(INFINITY, 0)),
                call("A weight decay is 0 or more, not -0.1.", () -> Optimizers.sgd(.9, -.1)),
                call("A weight decay is 0 or more, not -1.0.", () -> Optimizers.unfusedSgd(0, -1)),
                call("A weight decay is 0 or more, not -1.0.", () -> Optimizers.adamW(-1)),
                call("Nesterov momentum is above 0, not 0.0.", () -> Optimizers.nesterov(0)),
                call("Nesterov momentum is above 0, not 0.0.", () -> Optimizers.nesterov(.9)
                        .withMom(0)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.adam()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.unfusedAdam()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.5.", () -> Optimizers.lamb()
                        .withMom(1.5)),
                call("A momentum is from 0 to below 1, not -1.0.", () -> Optimizers.qhAdam()
                        .withMom(-1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.ranger()
                        .withMom(1)),
                call("sqr_mom is from 0 to below 1, not 1.0.", () -> Optimizers.adam()
                        .withSqrMom(1)),
                call("sqr_mom is from 0 to below 1, not -0.1.", () -> Optimizers.rmsProp()
                        .withSqrMom(-.1)),
                call("eps is 0 or more, not -1.0E-8.", () -> Optimizers.adam().withEps(-1e-8)),
                call("eps is 0 or more, not NaN.", () -> Optimizers.adam().withEps(Double.NaN)),
                call("nu_1 is from 0 to 1, not 1.5.", () -> Optimizers.qhAdam().with(Hyper.NU_1, 1.5)),
                call("nu_2 is from 0 to 1, not -1.0.", () -> Optimizers.qhAdam().with(Hyper.NU_2, -1)),
                call("trust_coeff is 0 or more, not -1.0.", () -> Optimizers.larc()
                        .with(Hyper.TRUST_COEFF, -1)),
                call("beta is 0 or more, not -1.0.", () -> Optimizers.rAdam().with(Hyper.BETA, -1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.nAdam()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.amsGrad()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.adamax()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.lion()
                        .withMom(1)),
                call("A momentum is from 0 to below 1, not 1.0.", () -> Optimizers.muonWithAdamW()
                        .withMom(1)),
                call("A momentum is 0 or more, not -1.0.", () -> Optimizers.muon()
                        .withMom(-1)),
                call("rho is from 0 to 1, not 1.5.", () -> Optimizers.adadelta().with(Hyper.RHO, 1.5)),
                call("lr_decay is 0 or more, not -1.0.", () -> Optimizers.adagrad()
                        .with(Hyper.LR_DECAY, -1)),
                call("The first sum of Adagrad is 0 or more, not -1.0.", () -> Optimizers.adagrad(-1)),
                call("momentum_decay is 0 or more, not -1.0.", () -> Optimizers.nAdam()
                        .with(Hyper.MOMENTUM_DECAY, -1)),
                call("beta2_decay is 0 or less, not 0.5.", () -> Optimizers.adafactor()
                        .with(Hyper.BETA2_DECAY, .5)),
                call("clip_threshold is 1 or more, not 0.5.", () -> Optimizers.adafactor()
                        .with(Hyper.CLIP_THRESHOLD, .5)),
                call("eta_minus is above 0 and below 1, not 1.0.", () -> Optimizers.rprop()
                        .with(Hyper.ETA_MINUS, 1)),
                call("eta_plus is above 1, not 1.0.", () -> Optimizers.rprop().with(Hyper.ETA_PLUS, 1)),
                call("step_min is 0 or more, not -1.0.", () -> Optimizers.rprop()
                        .with(Hyper.STEP_MIN, -1)),
                call("step_max is 0 or more, not NaN.", () -> Optimizers.rprop().with(Hyper.STEP_MAX, Double.NaN)),
                call("'rule' must not be null.", () -> Optimizers.of(null, Map.of())),
                call("'hypers' must not be null.", () -> Optimizers.of(new Lion(), null)),
                call(
                        "The learning rate is set in the learner or in a fit, not in the specification of an optimizer.",
                        () -> Optimizers.of(new Lion(), Map.of(Hyper.LR, .1))),
                call("The momentum of AdaBelief is below 1, not 1.0.", () -> AdaBelief.spec()
                        .withMom(1)),
                call(
                        "This optimizer has no hyper-parameter 'mom'; it has lr, wd.",
                        () -> trained(Optimizers.of(new Lion(), Map.of()))),
                call(
                        "This rule has no state 'typo'; it has [grad_avg].",
                        () -> trained(Optimizers.of(misspelt(), Map.of()))),
                call("The k of a lookahead is 1 or more, not 0.", () -> Optimizers.lookahead(Optimizers.sgd(), 0, .5)),
                call(
                        "The alpha of a lookahead is from 0 to 1, not 1.5.",
                        () -> Optimizers.lookahead(Optimizers.sgd(), 6, 1.5)),
                call(
                        "Lookahead takes an optimizer that is not a lookahead itself.",
                        () -> Optimizers.lookahead(Optimizers.ranger())),
                call("'optimizer' must not be null.", () -> Optimizers.lookahead(null)),
                call("This optimizer has no hyper-parameter 'sqr_mom'; it has lr, mom, wd.", () -> Optimizers.sgd()
                        .withSqrMom(.9)),
                call(
                        "The learning rate is set in the learner or in a fit, not in the specification of an optimizer.",
                        () -> Optimizers.sgd().with(Hyper.LR, .5)), // in fastai it becomes the learner's
                call(
                        "The first number of a geometric sequence is above 0, not 0.0.",
                        () -> Optimizer.geometric(0, 1, 3)),
                call(
                        "The last number of a geometric sequence is above 0, not NaN.",
                        () -> Optimizer.geometric(1, Double.NaN, 3)));
    }

    private static void trained(OptimizerSpec spec) {
        Parameter p = weight(1);
        try (Optimizer optimizer = make(spec, .1, p)) {
            Weights.step(optimizer, p, 1);
        }
    }

    private static UpdateRule misspelt() {
        return new UpdateRule() {
            @Override
            public List<State> states() {
                return List.of(State.zeros("grad_avg"));
            }

            @Override
            public void step(StepGroup group, IValue gradients) {
                group.state("typo");
            }
        };
    }

    @ParameterizedTest
    @MethodSource
    void wrongRecipes(Wrong wrong) {
        wrong.assertSaid();
    }

    static Stream<Wrong> wrongParameters() {
        return Stream.of(
                call("A learning rate is 0 or more, not -1.0.", () -> make(Optimizers.sgd(), -1, weight(1))),
                call("An optimizer needs parameters, but the model has none.", () -> Optimizers.sgd()
                        .create(List.of(), 1)),
                call("An optimizer needs parameters, but the model has none.", () -> make(Optimizers.sgd(), 1)),
                call(
                        "The parameters 'p' and 'q' are one tensor, and a step would update it twice: put it into one group, once.",
                        () -> {
                            Parameter p = weight(1);
                            Parameter q = new Parameter("q", new Tensor(p.tensor()), p.role());
                            Optimizers.sgd().create(List.of(List.of(p), List.of(q)), 1);
                        }),
                call(
                        "The parameter 'q' is the result of an operator, and an optimizer takes tensors that are not: detach() it, then set_requires_grad(true).",
                        () -> {
                            Parameter p = weight(1);
                            make(
                                    Optimizers.sgd(),
                                    1,
                                    new Parameter("q", p.tensor().neg(), p.role()));
                        }));
    }

    @ParameterizedTest
    @MethodSource
    void wrongParameters(Wrong wrong) {
        wrong.assertSaid();
    }

    /** Each of these sets hyper-parameters of an optimizer with two groups, and is refused before anything has changed. */
    @Test
    void wrongValuesChangeNothing() {
        try (Optimizer sgd = Optimizers.sgd(.9, .1).create(List.of(List.of(weight(1)), List.of(weight(1))), .5)) {
            for (Wrong wrong : List.of(
                    call("A learning rate is 0 or more, not -1.0.", () -> sgd.set(Hyper.LR, -1)),
                    call("A learning rate is 0 or more, not NaN.", () -> sgd.set(Hyper.LR, List.of(.1, Double.NaN))),
                    call("'values' must not be null.", () -> sgd.set(Hyper.LR, Arrays.asList(.1, null))),
                    call(
                            "A momentum is 0 or more, not -1.0.",
                            () -> sgd.groups().get(1).set(Hyper.MOM, -1)),
                    call("A weight decay is 0 or more, not -1.0.", () -> sgd.set(Hyper.WD, -1)),
                    call(
                            "Trying to set 1 values for lr but there are 2 parameter groups.",
                            () -> sgd.set(Hyper.LR, List.of(.1))),
                    call("A maximum norm is 0 or more, not NaN.", () -> Gradients.clipNorm(sgd, Double.NaN, 2)),
                    call("The p of a norm is a number, not NaN.", () -> Gradients.norm(sgd, Double.NaN)),
                    call("The limit of a gradient is 0 or more, not -1.0.", () -> Gradients.clipValue(sgd, -1)))) {
                wrong.assertSaid();
            }
            for (ParameterGroup group : sgd.groups()) {
                assertEquals(
                        List.of(.5, .9, .1),
                        group.hypers().stream().map(group::get).toList());
            }
        }
    }

    /** What PyTorch accepts is accepted. */
    @Test
    void unusualValues() {
        Optimizers.sgd(1.5, 0);
        Optimizers.rmsProp().withMom(1).withEps(0);
        Optimizers.adam().withMom(0).withSqrMom(0).withEps(0).withWd(2);
        try (Optimizer sgd = Optimizers.sgd().create(List.of(List.of(weight(1)), List.of()), 0)) {
            sgd.set(Hyper.LR, 1e6);
            assertEquals(2, sgd.groups().size()); // one of them is empty
        }
        try (Optimizer nesterov = make(Optimizers.nesterov(.9), .1, weight(1))) {
            nesterov.set(Hyper.MOM, 0); // a schedule may end there
        }
    }

    @Test
    void aFactoryMakesNothingOfAWrongSpec() {
        OptimizerSpec spec = Optimizers.adam();
        assertThrows(IllegalArgumentException.class, () -> spec.withEps(-1));
        try (Optimizer adam = make(spec, .1, weight(1))) {
            assertEquals(1e-5, adam.groups().get(0).get(Hyper.EPS));
        }
    }
}
