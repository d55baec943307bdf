package dev.rondo.optim;

import static dev.rondo.optim.Weights.grad;
import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.parameter;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every optimizer does. */
@ExtendWith(InScope.class)
class OptimizerTest {
    static Stream<Optimizer.Factory> all() {
        Recipe[] recipes = {
            Optimizers.sgd(),
            Optimizers.sgd(.9, .1),
            Optimizers.nesterov(.9),
            Optimizers.rmsProp(),
            Optimizers.rmsProp().mom(.9).wd(.1),
            Optimizers.adam(),
            Optimizers.adamW(.1),
            Optimizers.rAdam().wd(.1),
            Optimizers.rAdam().with("beta", 50),
            Optimizers.qhAdam().with("nu_2", .9),
            Optimizers.larc(),
            Optimizers.larc().mom(0),
            Optimizers.lars().wd(.1),
            Optimizers.lamb().wd(.1),
            Optimizers.lookahead(Optimizers.sgd(.9, .1), 2, .5),
            Optimizers.ranger()
        };
        return Stream.of(recipes);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aParameterWithoutAGradientIsLeftAlone(Optimizer.Factory factory) {
        Parameter p = weight(1), q = weight(1);
        try (Optimizer optimizer = make(factory, .1, p, q)) {
            optimizer.step(); // nothing has one yet
            optimizer.zeroGrad();
            step(optimizer, p, 1);
            assertTrue(values(p)[0] < 1);
            assertEquals(1, values(q)[0]);
        }
    }

    /** A gradient that was dropped unused counts, as it does where gradients are zeroed: decay sets in. */
    @ParameterizedTest
    @MethodSource("all")
    void aGradientDroppedBeforeItsFirstStepCountsAsZero(Optimizer.Factory factory) {
        Parameter p = weight(1);
        try (Optimizer optimizer = make(factory, .1, p)) {
            gradient(p, 1);
            optimizer.zeroGrad();
            optimizer.step();
            assertEquals(1 - .1 * optimizer.groups().get(0).get("wd"), values(p)[0], 1e-6);
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
            assertEquals(1 - .1 * optimizer.groups().get(0).get("wd"), values(w)[0], 1e-6);
        }
        assertEquals(1, values(bias)[0]);
        assertEquals(1, values(norm)[0]);
    }

    @Test
    void gradientsAddUpUntilTheyAreDropped() {
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

    @Test
    void groupsHaveTheirOwnHyperParameters() {
        Parameter p = weight(1), q = weight(1);
        try (Optimizer sgd = Optimizers.sgd(0, 0).create(List.of(List.of(p), List.of(q)), .1)) {
            sgd.set("lr", List.of(.1, .2));
            sgd.groups().get(1).set("wd", .5);
            gradient(q, 1);
            step(sgd, p, 1);
            assertEquals(.9, values(p)[0], 1e-6);
            assertEquals(1 - .2 * .5 - .2, values(q)[0], 1e-6);
            sgd.set("lr", 0);
            gradient(q, 1);
            step(sgd, p, 1);
            assertEquals(.9, values(p)[0], 1e-6);
        }
    }

    @Test
    void namesItsHyperParameters() {
        Parameter p = weight(1);
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p);
                Optimizer adamW = make(Optimizers.adamW(), .1, p)) {
            assertEquals(
                    List.of("lr", "mom", "wd"), List.copyOf(sgd.groups().get(0).names()));
            assertEquals(
                    List.of("lr", "mom", "sqr_mom", "eps", "wd"),
                    List.copyOf(adamW.groups().get(0).names()));
            String unknown = "This optimizer has no hyper-parameter 'momentum'; it has lr, mom, wd.";
            assertMessage(unknown, () -> sgd.set("momentum", .9));
            assertMessage(unknown, () -> sgd.set("momentum", List.of(.9)));
            assertMessage(unknown, () -> sgd.groups().get(0).get("momentum"));
            assertMessage(
                    "Trying to set 2 values for lr but there are 1 parameter groups.",
                    () -> sgd.set("lr", List.of(.1, .2)));
        }
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void recordingStaysAsItWas() {
        Parameter p = weight(1);
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p)) {
            step(sgd, p, 1);
            assertTrue(GradMode.is_enabled());
            assertTrue(p.tensor().requires_grad() && p.tensor().is_leaf());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void manyStepsLeaveNoHandle(Optimizer.Factory factory) throws InterruptedException {
        Parameter p = weight(1, 2), bias = parameter(Role.BIAS, 3);
        try (Optimizer optimizer = make(factory, .1, p, bias)) {
            train(optimizer, p, bias, 2);
            long before = Tensors.handles();
            train(optimizer, p, bias, 1000);
            assertEquals(before, Pointer.totalCount());
        }
    }

    /** Learning rate and momentum change at each step; every tenth gradient is missing. */
    private static void train(Optimizer optimizer, Parameter p, Parameter bias, int steps) {
        for (int i = 0; i < steps; i++) {
            try (PointerScope batch = new PointerScope()) {
                optimizer.set("lr", 1e-3 / (i + 1));
                optimizer.set("mom", i % 2 == 0 ? .9 : .8);
                gradient(p, 1, 1);
                if (i % 10 != 1) gradient(bias, 1);
                optimizer.step();
                optimizer.zeroGrad();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void closingFreesTheState(Optimizer.Factory factory) throws InterruptedException {
        Parameter p = weight(1, 2), bias = parameter(Role.BIAS, 3), unused = weight(4);
        long before = Tensors.handles();
        for (int i = 0; i < 2; i++) {
            Optimizer optimizer = make(factory, .1, p, bias, unused);
            train(optimizer, p, bias, 3);
            optimizer.close();
            optimizer.close(); // harmless
            assertEquals(before, Pointer.totalCount());
        }
    }

    /** A scope need not be open, and the first call may be one that only drops gradients. */
    @ParameterizedTest
    @MethodSource("all")
    void leavesNothingToTheCollector(Optimizer.Factory factory) throws Exception {
        Parameter p = weight(1, 2);
        make(factory, .1, p).zeroGrad();
        long before = Tensors.handles();
        Thread unscoped = new Thread(() -> {
            Optimizer optimizer = make(factory, .1, p);
            optimizer.zeroGrad();
            optimizer.step();
            optimizer.close();
        });
        unscoped.start();
        unscoped.join();
        assertEquals(before, Pointer.totalCount());
    }

    @Test
    void stepsInTheMemoryOrderOfTheParameter() {
        try (PointerScope scope = new PointerScope();
                Conv2d conv = new Conv2d(3, 4, 3, 0);
                Optimizer sgd = Optimizers.sgd(.9, 0).create(List.of(conv.parameters()), .1)) {
            Parameter w = conv.parameters().get(0);
            float[] expected = Tensors.values(w.tensor());
            for (int i = 0; i < expected.length; i++) expected[i] -= .1f * i * (1 + 1.9f);
            for (int i = 0; i < 2; i++) {
                w.tensor().mul(Tensors.count(4, 3, 3, 3)).sum().backward(); // a gradient in the usual order
                sgd.step();
                sgd.zeroGrad();
            }
            assertArrayEquals(expected, values(w), 1e-3f);
        }
    }
}
