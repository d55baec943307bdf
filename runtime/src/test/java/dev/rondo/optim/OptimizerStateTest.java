package dev.rondo.optim;

import static dev.rondo.optim.OptimizerTest.row;
import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.parameter;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.Handles;
import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saving and loading the state of an optimizer. */
@ExtendWith(InScope.class)
class OptimizerStateTest {
    /** Two groups. One parameter gets its first gradient late, one never gets one, and one sometimes has none. */
    private static final class Training {
        final Parameter w = row("0.weight", Role.WEIGHT, 1, -2, 3),
                bias = row("0.bias", Role.BIAS, .1),
                late = row("1.weight", Role.WEIGHT, 2, -1),
                never = row("1.bias", Role.BIAS, 5);
        final List<Parameter> all = List.of(w, bias, late, never);
        final Optimizer optimizer;

        Training(Optimizer.Factory factory) {
            optimizer = factory.create(List.of(List.of(w, bias), List.of(late, never)), .1);
            optimizer.set(Hyper.LR, List.of(.05, .02));
        }

        void steps(int from, int to) {
            for (int i = from; i < to; i++) {
                gradient(w, Math.sin(i), Math.cos(3 * i), .1 * i);
                if (i % 3 != 2) gradient(bias, Math.cos(i));
                if (i > 3) gradient(late, .5, Math.sin(2 * i));
                OptimizerTest.setMomentum(optimizer, i % 2 == 0 ? .9 : .8);
                optimizer.step();
                optimizer.zeroGrad();
            }
        }

        void setValuesOf(Training other) {
            try (NoGrad off = NoGrad.enter()) {
                for (int i = 0; i < all.size(); i++)
                    all.get(i).tensor().copy_(other.all.get(i).tensor());
            }
        }
    }

    private static Map<String, Tensor> copy(Map<String, Tensor> state) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copy.put(name, Handles.copy(tensor)));
        return copy;
    }

    /** At any step, and also if the optimizer that loads the state has taken other steps before. */
    @ParameterizedTest
    @MethodSource("dev.rondo.optim.OptimizerTest#all")
    void trainingGoesOnBitForBit(Optimizer.Factory factory) {
        for (int saved : new int[] {0, 1, 4, 9}) {
            Training one = new Training(factory), fresh = new Training(factory), used = new Training(factory);
            used.steps(5, 12);
            one.steps(0, saved);
            Map<String, Tensor> state = copy(one.optimizer.state());
            for (Training other : List.of(fresh, used)) {
                other.setValuesOf(one);
                other.optimizer.load(state);
            }
            for (Training t : List.of(one, fresh, used)) {
                t.steps(saved, saved + 8);
                t.optimizer.close();
            }
            for (int i = 0; i < one.all.size(); i++) {
                assertArrayEquals(values(one.all.get(i)), values(fresh.all.get(i)));
                assertArrayEquals(values(one.all.get(i)), values(used.all.get(i)));
            }
        }
    }

    /** Weight decay and momentum of a parameter whose gradient was dropped go on, also before its first step. */
    @Test
    void aParameterThatHadAGradientIsStillUpdated() {
        Parameter p = parameter("w", Role.WEIGHT, 1), q = parameter("w", Role.WEIGHT, 1);
        try (Optimizer one = make(Optimizers.sgd(0, .5), .1, p);
                Optimizer other = make(Optimizers.sgd(), .1, q)) {
            gradient(p, 7);
            one.zeroGrad();
            other.load(one.state());
            other.step();
        }
        assertArrayEquals(new float[] {.95f}, values(q));
    }

    @Test
    void namesAndStepCounts() {
        Training t = new Training(Optimizers.ranger());
        t.steps(0, 6);
        Map<String, Tensor> state = t.optimizer.state();
        assertEquals(
                Set.of(
                        "group.0.lr",
                        "group.0.mom",
                        "group.0.sqr_mom",
                        "group.0.eps",
                        "group.0.wd",
                        "group.0.beta",
                        "group.1.lr",
                        "group.1.mom",
                        "group.1.sqr_mom",
                        "group.1.eps",
                        "group.1.wd",
                        "group.1.beta",
                        "0.weight.step",
                        "0.weight.grad_avg",
                        "0.weight.sqr_avg",
                        "0.weight.slow_weights",
                        "0.bias.step",
                        "0.bias.grad_avg",
                        "0.bias.sqr_avg",
                        "0.bias.slow_weights",
                        "1.weight.step",
                        "1.weight.grad_avg",
                        "1.weight.sqr_avg",
                        "1.weight.slow_weights"),
                state.keySet());
        assertEquals(6, state.get("0.bias.step").item_long());
        assertEquals(2, state.get("1.weight.step").item_long());
        assertEquals(.02, state.get("group.1.lr").item_double());
        t.optimizer.close();
    }

    @Test
    void sharesMemoryWithTheOptimizer() {
        Parameter p = parameter("w", Role.WEIGHT, 1);
        try (Optimizer sgd = make(Optimizers.sgd(.5, 0), .1, p)) {
            step(sgd, p, 1);
            Tensor buffer = sgd.state().get("w.grad_avg");
            assertArrayEquals(new float[] {1}, Tensors.values(buffer));
            step(sgd, p, 1);
            assertArrayEquals(new float[] {1.5f}, Tensors.values(buffer));
        }
    }

    private final Parameter p = parameter("w", Role.WEIGHT, 1, 2);

    @Test
    void aStateThatDoesNotFitIsRejectedAndChangesNothing() {
        try (Optimizer adam = make(Optimizers.adam(), .1, p);
                Optimizer sgd = make(Optimizers.sgd(.9, 0), .1, p)) {
            step(adam, p, 1, 1);
            Map<String, Tensor> good = copy(adam.state());
            float[] average = Tensors.values(good.get("w.grad_avg"));
            assertRejected(
                    adam,
                    copy(sgd.state()),
                    "The saved state has no 'group.0.sqr_mom': it belongs to another optimizer or another model.");
            assertRejected(
                    sgd,
                    good,
                    "The saved state has 'group.0.eps', which this optimizer does not have: it belongs to another optimizer or another model.");
            assertRejected(
                    adam,
                    changed(good, "w.grad_avg", Tensors.floats(1, 2, 3)),
                    "'w.grad_avg' of the saved state is Float[3], but the parameter is Float[2].");
            assertRejected(
                    adam,
                    changed(good, "w.sqr_avg", Tensors.longs(1, 2)),
                    "'w.sqr_avg' of the saved state is Long[2], but the parameter is Float[2].");
            assertRejected(
                    adam,
                    changed(good, "w.step", Tensors.longs(-1)),
                    "'w.step' of the saved state is not a number of steps.");
            assertRejected(
                    adam,
                    changed(good, "group.0.lr", Tensors.floats(Double.NaN)),
                    "'group.0.lr' of the saved state is not one finite number.");
            assertRejected(
                    adam,
                    changed(good, "v.step", Tensors.longs(1)),
                    "The saved state has 'v.step', which this optimizer does not have: it belongs to another optimizer or another model.");
            assertArrayEquals(average, Tensors.values(adam.state().get("w.grad_avg")));
            assertEquals(.1, adam.groups().get(0).get(Hyper.LR));
        }
    }

    private static Map<String, Tensor> changed(Map<String, Tensor> state, String name, Tensor value) {
        Map<String, Tensor> changed = new LinkedHashMap<>(state);
        changed.put(name, value);
        return changed;
    }

    private static void assertRejected(Optimizer optimizer, Map<String, Tensor> state, String why) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> optimizer.load(state));
        assertEquals(why, e.getMessage());
    }

    @Test
    void parametersNeedUniqueNames() {
        try (Optimizer sgd = make(Optimizers.sgd(), .1, p, parameter("w", Role.BIAS, 1))) {
            Exception e = assertThrows(IllegalStateException.class, sgd::state);
            assertEquals("Two parameters are named 'w': the state of an optimizer needs unique names.", e.getMessage());
        }
    }

    @Test
    void keepsTheMemoryFormatOfTheParameter() {
        Tensor values = torch.zeros(2, 3, 4, 4).contiguous(torch.MemoryFormat.ChannelsLast);
        Parameter conv = new Parameter("w", values.set_requires_grad(true), Role.WEIGHT);
        try (Optimizer one = make(Optimizers.sgd(.9, 0), .1, conv);
                Optimizer other = make(Optimizers.sgd(.9, 0), .1, conv)) {
            conv.tensor().mul(Tensors.count(2, 3, 4, 4)).sum().backward();
            one.step();
            Map<String, Tensor> state = one.state();
            state.replaceAll((name, tensor) -> tensor.contiguous()); // as a file stores them
            other.load(state);
            Tensor buffer = other.state().get("w.grad_avg");
            assertEquals(1, buffer.stride(1));
            assertArrayEquals(Tensors.values(Tensors.count(2, 3, 4, 4)), Tensors.values(buffer));
        }
    }

    @Test
    void typesAreNotConverted() {
        Tensor values = torch.zeros(2).to(ScalarType.Double);
        Parameter wide = new Parameter("w", values.set_requires_grad(true), Role.WEIGHT);
        try (Optimizer one = make(Optimizers.sgd(.9, 0), .1, p);
                Optimizer other = make(Optimizers.sgd(.9, 0), .1, wide)) {
            step(one, p, 1, 1);
            assertRejected(
                    other, one.state(), "'w.grad_avg' of the saved state is Float[2], but the parameter is Double[2].");
        }
    }

    @Test
    void savingAndLoadingLeaveNoHandle() throws InterruptedException {
        List<Training> trainings = OptimizerTest.all().map(Training::new).toList();
        for (Training t : trainings) t.steps(0, 6);
        for (Training t : trainings) saveAndLoad(t);
        long before = Tensors.handles();
        for (int i = 0; i < 5; i++) {
            for (Training t : trainings) saveAndLoad(t);
            assertEquals(before, Pointer.totalCount());
        }
        for (Training t : trainings) t.optimizer.close();
    }

    private static void saveAndLoad(Training t) {
        try (PointerScope scope = new PointerScope()) {
            t.optimizer.load(t.optimizer.state());
            t.steps(6, 9);
        }
    }
}
