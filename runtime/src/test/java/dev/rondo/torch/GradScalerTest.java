package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class GradScalerTest {
    private final GradScaler scaler = new GradScaler();

    @Test
    void gradientsAreDividedByTheScale() {
        Tensor a = torch.full(new long[] {3}, new Scalar(65536f * 2)),
                b = torch.full(new long[] {2}, new Scalar(65536f * 4));
        assertTrue(scaler.unscale(a, b));
        assertArrayEquals(new float[] {2, 2, 2}, Tensors.values(a));
        assertArrayEquals(new float[] {4, 4}, Tensors.values(b));
    }

    @Test
    void infinityAndNaNAreFoundInAnyGradient() {
        for (float bad : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN}) {
            Tensor last = Tensors.floats(1, bad);
            assertFalse(scaler.unscale(torch.ones(3), last));
        }
        assertTrue(scaler.unscale(torch.ones(3), Tensors.floats(1, 3e38)), "and are forgotten");
        assertTrue(scaler.unscale());
    }

    @Test
    void gradientsMayBeOfSeveralTypes() {
        Tensor wide = torch.full(new long[] {2}, new Scalar(65536.0), new TensorOptions(ScalarType.Double));
        Tensor narrow = torch.full(new long[] {2}, new Scalar(65536f));
        assertTrue(scaler.unscale(narrow, wide));
        assertArrayEquals(new float[] {1, 1}, Tensors.values(wide));
        assertArrayEquals(new float[] {1, 1}, Tensors.values(narrow));
        wide.fill_(new Scalar(Double.NaN));
        assertFalse(scaler.unscale(narrow, wide));
    }

    @Test
    void theLossAndItsGradientsAreMultiplied() {
        Tensor x = Tensors.floats(3).set_requires_grad(true);
        Tensor scaled = scaler.scale(x.square().sum());
        assertEquals(9 * 65536, scaled.item_float());
        scaled.backward();
        assertTrue(scaler.unscale(x.mutable_grad()));
        assertArrayEquals(new float[] {6}, Tensors.values(x.mutable_grad()));
    }

    @Test
    void aBadStepHalvesTheScaleAnd2000GoodOnesDoubleIt() {
        scaler.update(false);
        assertEquals(32768, scaler.scale());
        for (int i = 0; i < 1999; i++) scaler.update(true);
        assertEquals(32768, scaler.scale());
        scaler.update(true);
        assertEquals(65536, scaler.scale());
    }

    /** Compared with PyTorch's operator, with factors that round, up to the largest float. */
    @Test
    void theScaleIsThatOfPyTorch() {
        Operator update = Operator.of("aten::_amp_update_scale_", "");
        GradScaler ours = new GradScaler(3e37, 1.7, .3, 3);
        Tensor scale = torch.full(new long[] {1}, new Scalar(3e37f));
        Tensor tracker = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.Int));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            try (PointerScope temporary = new PointerScope()) {
                boolean fine = random.nextInt(8) != 0;
                ours.update(fine);
                update.call(new IValueVector(
                        new IValue(scale),
                        new IValue(tracker),
                        new IValue(Tensors.floats(fine ? 0 : 1)),
                        new IValue(1.7),
                        new IValue(.3),
                        new IValue(3L)));
                assertEquals(scale.item_float(), (float) ours.scale());
                assertEquals(tracker.item_int(), ours.state().get("good_steps"));
            }
        }
    }

    @Test
    void neverFallsToZero() {
        for (int i = 0; i < 1000; i++) scaler.update(false);
        assertTrue(scaler.scale() > 0);
        for (int i = 0; i < 2000; i++) scaler.update(true);
        assertEquals(2 * Float.MIN_NORMAL, scaler.scale());
    }

    @Test
    void restoresASavedState() {
        scaler.update(false);
        for (int i = 0; i < 1500; i++) scaler.update(true);
        Map<String, Double> state = scaler.state();
        assertEquals(Map.of("scale", 32768.0, "good_steps", 1500.0), state);
        GradScaler other = new GradScaler();
        other.restore(state);
        for (int i = 0; i < 500; i++) other.update(true);
        assertEquals(65536, other.scale());
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertRejected("A gradient scaler grows by a factor above 1, not 1.0.", () -> new GradScaler(1, 1, .5, 1));
        assertRejected(
                "A gradient scaler backs off by a factor between 0 and 1, not NaN.",
                () -> new GradScaler(1, 2, Double.NaN, 1));
        assertRejected(
                "A gradient scaler grows after at least 1 good step, not 0.0.", () -> new GradScaler(1, 2, .5, 0));
        assertRejected(
                "A gradient scaler has a scale above 0 that float32 can hold, not 1.0E39.",
                () -> new GradScaler(1e39, 2, .5, 1));
        assertRejected(
                "The state of a gradient scaler has the numbers 'scale' and 'good_steps', but this is {scale=1.0}.",
                () -> scaler.restore(Map.of("scale", 1.0)));
        assertRejected(
                "A gradient scaler counts good steps from 0, not -1.0.",
                () -> scaler.restore(Map.of("scale", 1.0, "good_steps", -1.0)));
        assertRejected(
                "Gradients of type Half cannot be unscaled: keep the parameters in float32; autocast casts them.",
                () -> scaler.unscale(torch.ones(1).to(ScalarType.Half)));
    }

    private static void assertRejected(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void leavesNoHandle() {
        Tensor gradient = torch.ones(4);
        scaler.unscale(gradient);
        long before = Pointer.totalCount();
        for (int i = 0; i < 10; i++) scaler.unscale(gradient);
        assertEquals(before, Pointer.totalCount());
    }
}
