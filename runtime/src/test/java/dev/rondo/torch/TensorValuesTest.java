package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Arrays of the values of a tensor. */
@ExtendWith(InScope.class)
class TensorValuesTest {
    @Test
    void theOrderIsRowMajorWhateverTheStrides() {
        Tensor transposed = Tensors.count(2, 3).t();
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, TensorValues.floats(transposed));
        assertArrayEquals(
                new float[] {1, 4}, TensorValues.floats(Tensors.count(2, 3).select(1, 1)));
    }

    @Test
    void narrowTypesAreWidened() {
        Tensor x = Tensors.floats(.5, -2);
        assertArrayEquals(new float[] {.5f, -2}, TensorValues.floats(x.to(ScalarType.Half)));
        assertArrayEquals(new float[] {.5f, -2}, TensorValues.floats(x.to(ScalarType.BFloat16)));
        assertArrayEquals(new double[] {.5, -2}, TensorValues.doubles(x));
        assertArrayEquals(
                new long[] {0, 255}, TensorValues.longs(Tensors.longs(0, 255).to(ScalarType.Byte)));
        assertArrayEquals(new long[] {1, 0}, TensorValues.longs(x.gt(Tensors.floats(0))));
    }

    @Test
    void parametersAndEmptyTensorsAreRead() {
        assertArrayEquals(new float[] {1}, TensorValues.floats(Tensors.floats(1).requires_grad_(true)));
        assertArrayEquals(new float[0], TensorValues.floats(torch.zeros(0, 4)));
        assertArrayEquals(new float[] {7}, TensorValues.floats(Tensors.floats(7).select(0, 0)));
    }

    @Test
    void otherTypesAreRefusedInsteadOfMisread() {
        assertRefused(
                "TensorValues.floats takes float32, float16 or bfloat16, not [2] int64.",
                () -> TensorValues.floats(Tensors.longs(1, 2)));
        assertRefused(
                "TensorValues.longs takes an integer type or bool, not [1] float32.",
                () -> TensorValues.longs(Tensors.floats(1)));
        assertRefused(
                "TensorValues.doubles takes a floating or an integer type, not [1] bool.",
                () -> TensorValues.doubles(Tensors.floats(1).gt(Tensors.floats(0))));
        assertRefused(
                "TensorValues.floats takes a tensor with values, not an undefined tensor.",
                () -> TensorValues.floats(new Tensor()));
    }

    @Test
    void readingLeavesNoHandle() throws InterruptedException {
        Tensor x = Tensors.count(2, 3).t();
        long before = Tensors.handles();
        TensorValues.floats(x);
        assertEquals(before, Tensors.handles());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
