package dev.rondo.optim;

import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Optimizers that update matrices in another way than vectors. Numbers of torch.optim 2.10 are in the conformance cases. */
@ExtendWith(InScope.class)
class MatricesTest {
    private static Parameter matrix(String name, int rows, double... values) {
        Tensor tensor = Tensors.floats(values).reshape(rows, values.length / rows);
        return new Parameter(name, tensor.clone().set_requires_grad(true), Role.WEIGHT);
    }

    private static void gradient(Parameter p, double... gradient) {
        p.tensor()
                .mul(Tensors.floats(gradient).reshape(p.tensor().shape()))
                .sum()
                .backward();
    }

    /** The singular values of a diagonal gradient become those of the iteration, and its length does not matter. */
    @ParameterizedTest
    @CsvSource({"1", "1e-3", "1e4"})
    void muonMakesTheStepNearlyOrthogonal(double length) {
        Parameter p = matrix("p", 2, 0, 0, 0, 0);
        try (Optimizer muon = make(Optimizers.muon(), 1, p)) {
            gradient(p, 3 * length, 0, 0, -4 * length);
            muon.step();
        }
        assertArrayEquals(new float[] {-(float) iterated(.6), 0, 0, (float) iterated(.8)}, values(p), .05f);
    }

    private static double iterated(double x) {
        for (int i = 0; i < 5; i++) x = 3.4445 * x - 4.775 * Math.pow(x, 3) + 2.0315 * Math.pow(x, 5);
        return x;
    }

    @Test
    void muonsStepsOfTallMatricesAreLonger() {
        Parameter tall = matrix("tall", 4, 0, 0, 0, 0), wide = matrix("wide", 1, 0, 0, 0, 0);
        for (boolean asAdamW : new boolean[] {false, true}) {
            OptimizerSpec spec = asAdamW ? Optimizers.muonWithAdamW() : Optimizers.muon();
            try (Optimizer muon = make(spec, 1, tall, wide)) {
                float before = values(tall)[0], wideBefore = values(wide)[0];
                gradient(tall, 1, 1, 1, 1);
                gradient(wide, 1, 1, 1, 1);
                muon.step();
                muon.zeroGrad();
                double ratio = (values(tall)[0] - before * (1 - .1)) / (values(wide)[0] - wideBefore * (1 - .1));
                assertEquals(asAdamW ? 1 : 2, ratio, .02);
            }
        }
    }

    @Test
    void muonRefusesVectors() {
        Parameter bias = Weights.parameter("0.bias", Role.BIAS, 1, 2);
        assertEquals(
                "Muon steps matrices, and the parameter '0.bias' has the shape [2]: Optimizers.muonWithAdamW() steps the others by AdamW.",
                assertThrows(IllegalArgumentException.class, () -> make(Optimizers.muon(), .1, bias))
                        .getMessage());
    }

    @Test
    void otherParametersThanMatricesAreSteppedByAdamW() {
        Parameter w = matrix("w", 2, 1, 2, 3, 4);
        Parameter bias = Weights.parameter("bias", Role.BIAS, 1, 2), same = Weights.parameter("same", Role.BIAS, 1, 2);
        try (Optimizer muon = make(Optimizers.muonWithAdamW(), .1, w, bias);
                Optimizer adamW = make(Optimizers.adamW(.1).withMom(.95), .1, same)) {
            for (int i = 0; i < 3; i++) {
                gradient(w, 1, 0, 0, 1);
                gradient(bias, 1, -2);
                gradient(same, 1, -2);
                muon.step();
                adamW.step();
            }
            Map<String, Tensor> state = muon.state();
            assertTrue(state.containsKey("bias.sqr_avg") && !state.containsKey("w.sqr_avg"));
        }
        assertArrayEquals(values(same), values(bias));
    }

    /** v of a matrix of rank 1 is exact. */
    @Test
    void adafactorKeepsRowsAndColumns() {
        Parameter p = matrix("p", 2, 1, 1, 1, 1, 1, 1);
        try (Optimizer adafactor = make(Optimizers.adafactor(), .1, p)) {
            gradient(p, 1, 2, 3, 2, 4, 6);
            adafactor.step();
            Map<String, Tensor> state = adafactor.state();
            assertArrayEquals(new float[] {14 / 3f, 56 / 3f}, Tensors.values(state.get("p.row_avg")), 1e-4f);
            assertArrayEquals(new float[] {2.5f, 10, 22.5f}, Tensors.values(state.get("p.column_avg")), 1e-4f);
            assertArrayEquals(new long[] {2, 1}, state.get("p.row_avg").shape());
            for (float value : values(p)) assertEquals(.9, value, 1e-5); // each element moves by lr times the size
        }
    }

    @Test
    void statesOfOtherShapesThanTheParameterAreRestored() {
        Parameter p = matrix("p", 2, 1, 2, 3, 4, 5, 6), q = matrix("p", 2, 1, 2, 3, 4, 5, 6);
        Parameter bias = Weights.parameter("b", Role.BIAS, 1, 2), sameBias = Weights.parameter("b", Role.BIAS, 1, 2);
        try (Optimizer first = make(Optimizers.adafactor(), .1, p, bias);
                Optimizer second = make(Optimizers.adafactor(), .1, q, sameBias)) {
            for (int i = 0; i < 2; i++) step(first, p, bias);
            second.load(first.state());
            q.tensor().detach().copy_(p.tensor().detach());
            sameBias.tensor().detach().copy_(bias.tensor().detach());
            step(first, p, bias);
            step(second, q, sameBias);
            assertArrayEquals(values(p), values(q));
            assertArrayEquals(values(bias), values(sameBias));
        }
    }

    private static void step(Optimizer optimizer, Parameter p, Parameter bias) {
        gradient(p, 1, -2, 3, 2, 4, 6);
        gradient(bias, 1, 2);
        optimizer.step();
        optimizer.zeroGrad();
    }

    @Test
    void aSavedStateOfAnotherShapeIsRefused() {
        Parameter p = matrix("p", 2, 1, 2, 3, 4), wide = matrix("p", 1, 1, 2, 3, 4);
        try (Optimizer ours = make(Optimizers.adafactor(), .1, p);
                Optimizer other = make(Optimizers.adafactor(), .1, wide)) {
            gradient(p, 1, 2, 3, 4);
            gradient(wide, 1, 2, 3, 4);
            ours.step();
            other.step();
            assertEquals(
                    "'p.row_avg' of the saved state is Float[1, 1], but that of the optimizer is Float[2, 1].",
                    assertThrows(IllegalArgumentException.class, () -> ours.load(other.state()))
                            .getMessage());
        }
    }

    @Test
    void statesHaveNamesOfTheirOwn() {
        for (List<UpdateRule.State> states : List.of(
                List.of(UpdateRule.State.zeros("step")),
                List.of(UpdateRule.State.zeros("a"), UpdateRule.State.zeros("a")))) {
            UpdateRule rule = new UpdateRule() {
                @Override
                public List<State> states() {
                    return states;
                }

                @Override
                public void step(StepGroup group, org.bytedeco.pytorch.IValue gradients) {}
            };
            String taken = states.get(0).name();
            assertEquals(
                    "The states of an update rule have names of their own, and '" + taken
                            + "' is taken: 'step' is the number of steps.",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> make(Optimizers.of(rule, Map.of()), .1, Weights.weight(1)))
                            .getMessage());
        }
    }
}
