package dev.rondo.optim;

import static dev.rondo.optim.Weights.grad;
import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.own.AdaBelief;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The common behaviour of all optimizers. */
@ExtendWith(InScope.class)
class OptimizerTest {
    static Stream<OptimizerSpec> all() {
        return Stream.of(
                Optimizers.sgd(),
                Optimizers.sgd(.9, .1),
                Optimizers.nesterov(.9),
                Optimizers.rmsProp(),
                Optimizers.rmsProp().withMom(.9).withWd(.1),
                Optimizers.adam(),
                Optimizers.adamW(.1),
                Optimizers.rAdam().withWd(.1),
                Optimizers.rAdam().with(Hyper.BETA, 50),
                Optimizers.qhAdam().with(Hyper.NU_2, .9),
                Optimizers.larc(),
                Optimizers.larc().withMom(0),
                Optimizers.lars().withWd(.1),
                Optimizers.lamb().withWd(.1),
                Optimizers.nAdam(),
                Optimizers.nAdam().withDecoupledDecay().withWd(.1),
                Optimizers.amsGrad(),
                Optimizers.lion().withWd(.1),
                Optimizers.adagrad().withDecoupledDecay().withWd(.1),
                Optimizers.adagrad(.1).with(Hyper.LR_DECAY, .1),
                Optimizers.adafactor().withWd(.1),
                Optimizers.muon(),
                Optimizers.muonWithAdamW(),
                Optimizers.rprop(),
                Optimizers.adadelta(),
                Optimizers.adamax(),
                AdaBelief.spec().withWd(.1),
                Optimizers.lookahead(Optimizers.sgd(.9, .1), 2, .5),
                Optimizers.lookahead(Optimizers.adafactor(), 2, .5),
                Optimizers.ranger());
    }

    /** Parameters are matrices of one row, so that optimizers of matrices take part. */
    private static Parameter parameter(Role role, double... values) {
        return row("p", role, values);
    }

    static Parameter row(String name, Role role, double... values) {
        return new Parameter(name, row(values).set_requires_grad(true), role);
    }

    private static Parameter weight(double... values) {
        return parameter(Role.WEIGHT, values);
    }

    private static Tensor row(double... values) {
        return Tensors.floats(values).reshape(1, values.length).clone();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aParameterWithoutAGradientIsNotUpdated(Optimizer.Factory factory) {
        Parameter p = weight(1), q = weight(1);
        try (Optimizer optimizer = make(factory, .1, p, q)) {
            optimizer.step(); // no parameter has a gradient yet
            optimizer.zeroGrad();
            step(optimizer, p, 1);
            assertTrue(values(p)[0] < 1);
            assertEquals(1, values(q)[0]);
        }
    }

    /** A gradient that was dropped before a step counts as zero, so weight decay starts. */
    @ParameterizedTest
    @MethodSource("all")
    void aGradientDroppedBeforeItsFirstStepCountsAsZero(Optimizer.Factory factory) {
        Parameter p = weight(1);
        try (Optimizer optimizer = make(factory, .1, p)) {
            gradient(p, 1);
            optimizer.zeroGrad();
            optimizer.step();
            assertEquals(1 - .1 * optimizer.groups().get(0).get(Hyper.WD), values(p)[0], 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void biasesAndNormsDoNotDecay(Optimizer.Factory factory) {
        Parameter w = weight(1), bias = parameter(Role.BIAS, 1), norm = parameter(Role.NORM, 1);
        try (Optimizer optimizer = make(factory, .1, bias, w, norm)) {
            gradient(w, 0);
            gradient(norm, 0);
            step(optimizer, bias, 0);
            assertEquals(1 - .1 * optimizer.groups().get(0).get(Hyper.WD), values(w)[0], 1e-6);
        }
        assertEquals(1, values(bias)[0]);
        assertEquals(1, values(norm)[0]);
    }

    @ParameterizedTest
    @MethodSource("all")
    void biasesAndNormsCanDecayToo(OptimizerSpec spec) {
        Parameter w = weight(1), bias = parameter(Role.BIAS, 1), norm = parameter(Role.NORM, 1);
        try (Optimizer optimizer = make(spec.withWd(.3).withDecayOfNormsAndBiases(), .1, bias, w, norm)) {
            for (Parameter p : List.of(w, bias, norm)) gradient(p, 0);
            optimizer.step();
        }
        for (Parameter p : List.of(w, bias, norm)) assertTrue(values(p)[0] < 1);
    }

    /** Also with coupled weight decay, and when zeros replace dropped gradients. */
    @ParameterizedTest
    @MethodSource("all")
    void gradientsAreNotChanged(OptimizerSpec spec) {
        Parameter p = weight(1, -2);
        try (Optimizer optimizer = make(spec.withWd(.3).withCoupledDecay(), .1, p)) {
            gradient(p, 3, 4);
            for (int i = 0; i < 7; i++) optimizer.step();
            assertArrayEquals(new float[] {3, 4}, Tensors.values(grad(p)));
            optimizer.clearState();
            optimizer.zeroGrad();
            for (int i = 0; i < 7; i++) optimizer.step();
            optimizer.clearState();
            assertArrayEquals(new float[] {0, 0}, Tensors.values(grad(p)));
        }
    }

    /** As in fastai, the initial momentum decides whether there are buffers. */
    @Test
    void momentumSetLaterHasNoEffectWhereThereWasNone() {
        for (OptimizerSpec spec : List.of(
                Optimizers.sgd(), Optimizers.rmsProp(), Optimizers.larc().withMom(0))) {
            Parameter p = weight(1, -2), q = weight(1, -2);
            try (Optimizer set = make(spec, .1, p);
                    Optimizer plain = make(spec, .1, q)) {
                set.set(Hyper.MOM, .9);
                for (int i = 0; i < 3; i++) {
                    step(set, p, 1, .5);
                    step(plain, q, 1, .5);
                }
            }
            assertArrayEquals(values(q), values(p));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aGroupMayHaveSeveralTypes(Optimizer.Factory factory) {
        Parameter narrow = weight(1, -2), wide = wide(1, -2);
        try (Optimizer optimizer = make(factory, .1, narrow, wide)) {
            for (int i = 0; i < 7; i++) {
                gradient(wide, 1, .5);
                step(optimizer, narrow, 1, .5);
            }
        }
        assertArrayEquals(values(narrow), values(wide), 1e-4f);
        assertEquals(ScalarType.Double, wide.tensor().scalar_type().intern());
    }

    private static Parameter wide(double... values) {
        return new Parameter("wide", row(values).to(ScalarType.Double).set_requires_grad(true), Role.WEIGHT);
    }

    @Test
    void gradientsAccumulateUntilTheyAreDropped() {
        Parameter p = weight(1);
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p)) {
            gradient(p, 1);
            gradient(p, 2);
            sgd.step();
            assertEquals(.7, values(p)[0], 1e-6);
            assertTrue(grad(p).defined());
            sgd.zeroGrad();
            assertFalse(grad(p).defined());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aGroupWithALearningRateOfZeroDoesNotChange(OptimizerSpec spec) {
        Parameter moves = weight(1, -2), stays = weight(1, -2);
        try (Optimizer optimizer = spec.withWd(.3).create(List.of(List.of(moves), List.of(stays)), .1)) {
            optimizer.set(Hyper.LR, List.of(.1, 0.));
            for (int i = 0; i < 7; i++) {
                gradient(stays, 1, .5);
                step(optimizer, moves, 1, .5);
            }
        }
        assertTrue(values(moves)[0] < 1);
        assertArrayEquals(new float[] {1, -2}, values(stays));
    }

    @Test
    void groupsHaveTheirOwnHyperParameters() {
        Parameter p = weight(1), q = weight(1);
        try (Optimizer sgd = Optimizers.sgd(0, 0).create(List.of(List.of(p), List.of(q)), .1)) {
            sgd.set(Hyper.LR, List.of(.1, .2));
            sgd.groups().get(1).set(Hyper.WD, .5);
            gradient(q, 1);
            step(sgd, p, 1);
            assertEquals(.9, values(p)[0], 1e-6);
            assertEquals(1 - .2 * .5 - .2, values(q)[0], 1e-6);
            sgd.set(Hyper.LR, 0);
            gradient(q, 1);
            step(sgd, p, 1);
            assertEquals(.9, values(p)[0], 1e-6);
        }
    }

    @Test
    void hyperParametersAreListedAndChecked() {
        Parameter p = weight(1);
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p);
                Optimizer adamW = make(Optimizers.adamW(), .1, p)) {
            assertEquals(
                    List.of(Hyper.LR, Hyper.MOM, Hyper.WD),
                    List.copyOf(sgd.groups().get(0).hypers()));
            assertEquals(
                    List.of(Hyper.LR, Hyper.MOM, Hyper.SQR_MOM, Hyper.EPS, Hyper.WD),
                    List.copyOf(adamW.groups().get(0).hypers()));
            String unknown = "This optimizer has no hyper-parameter 'sqr_mom'; it has lr, mom, wd.";
            assertMessage(unknown, () -> sgd.set(Hyper.SQR_MOM, .9));
            assertMessage(unknown, () -> sgd.set(Hyper.SQR_MOM, List.of(.9)));
            assertMessage(unknown, () -> sgd.groups().get(0).get(Hyper.SQR_MOM));
            assertMessage(
                    "Trying to set 2 values for lr but there are 1 parameter groups.",
                    () -> sgd.set(Hyper.LR, List.of(.1, .2)));
        }
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void gradModeDoesNotChange() {
        Parameter p = weight(1);
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p)) {
            step(sgd, p, 1);
            assertTrue(GradMode.is_enabled());
            assertTrue(p.tensor().requires_grad() && p.tensor().is_leaf());
        }
    }

    @Test
    void manyStepsLeaveNoHandle() throws InterruptedException {
        Parameter p = weight(1, 2), bias = parameter(Role.BIAS, 3);
        List<Optimizer> optimizers = all().map(f -> make(f, .1, p, bias)).toList();
        for (Optimizer o : optimizers) train(o, p, bias, 7);
        long before = Tensors.handles();
        for (Optimizer o : optimizers) {
            train(o, p, bias, 100);
            assertEquals(before, Pointer.totalCount());
        }
        optimizers.forEach(Optimizer::close);
    }

    /** Learning rate and momentum change at each step; every tenth gradient is missing. */
    private static void train(Optimizer optimizer, Parameter p, Parameter bias, int steps) {
        for (int i = 0; i < steps; i++) {
            try (PointerScope batch = new PointerScope()) {
                optimizer.set(Hyper.LR, 1e-3 / (i + 1));
                setMomentum(optimizer, i % 2 == 0 ? .9 : .8);
                gradient(p, 1, 1);
                if (i % 10 != 1) gradient(bias, 1);
                optimizer.step();
                optimizer.zeroGrad();
            }
        }
    }

    /** In optimizers that have one. */
    static void setMomentum(Optimizer optimizer, double mom) {
        if (optimizer.groups().get(0).hypers().contains(Hyper.MOM)) optimizer.set(Hyper.MOM, mom);
    }

    @Test
    void closingFreesTheState() throws InterruptedException {
        Parameter p = weight(1, 2), bias = parameter(Role.BIAS, 3), unused = weight(4);
        List<OptimizerSpec> twice = Stream.concat(all(), all()).toList();
        twice.forEach(f -> life(f, p, bias, unused));
        long before = Tensors.handles();
        for (OptimizerSpec f : twice) {
            life(f, p, bias, unused);
            assertEquals(before, Pointer.totalCount());
        }
    }

    private static void life(Optimizer.Factory factory, Parameter p, Parameter bias, Parameter unused) {
        Optimizer optimizer = make(factory, .1, p, bias, unused);
        train(optimizer, p, bias, 3);
        optimizer.close();
        optimizer.close(); // closing again does nothing
    }

    /** Without an open native scope, and also if the first call is zeroGrad. */
    @Test
    void leavesNothingToTheGarbageCollector() throws Exception {
        Parameter p = weight(1, 2);
        all().forEach(f -> unscoped(f, p));
        long before = Tensors.handles();
        Thread unscoped = new Thread(() -> all().forEach(f -> unscoped(f, p)));
        unscoped.start();
        unscoped.join();
        assertEquals(before, Pointer.totalCount());
    }

    private static void unscoped(Optimizer.Factory factory, Parameter p) {
        Optimizer optimizer = make(factory, .1, p);
        optimizer.zeroGrad();
        optimizer.step();
        optimizer.step();
        optimizer.close();
    }

    @Test
    void stepsInTheMemoryFormatOfTheParameter() {
        try (PointerScope scope = new PointerScope();
                Conv2d conv = new Conv2d(3, 4, 3, 0);
                Optimizer sgd = Optimizers.sgd(.9, 0).create(List.of(conv.parameters()), .1)) {
            Parameter w = conv.parameters().get(0);
            float[] expected = Tensors.values(w.tensor());
            for (int i = 0; i < expected.length; i++) expected[i] -= .1f * i * (1 + 1.9f);
            for (int i = 0; i < 2; i++) {
                w.tensor().mul(Tensors.count(4, 3, 3, 3)).sum().backward(); // a gradient in contiguous format
                sgd.step();
                sgd.zeroGrad();
            }
            assertArrayEquals(expected, values(w), 1e-3f);
        }
    }
}
