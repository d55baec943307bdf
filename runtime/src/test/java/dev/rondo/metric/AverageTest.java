package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class AverageTest {
    private final Average average = new Average();

    @Test
    void isWeightedByTheSamples() {
        average.add(Tensors.floats(1, 3), 3); // a mean of 2
        average.add(Tensors.floats(6).sum().to(ScalarType.BFloat16), 1);
        assertEquals(OptionalDouble.of(3), average.value());
        assertEquals(4, average.count());
    }

    /** In float32 the sum would not grow beyond 2²⁴. */
    @Test
    void sumsInFloat64() {
        Tensor one = torch.ones(1);
        average.add(one, 1 << 25);
        for (int i = 0; i < 1000; i++) average.add(one.mul(one), 1);
        assertEquals(OptionalDouble.of(1), average.value());
    }

    /** The mean of an empty batch is NaN. */
    @Test
    void anEmptyBatchIsIgnored() {
        average.add(Tensors.floats(2), 1);
        average.add(torch.zeros(0), 0);
        assertEquals(OptionalDouble.of(2), average.value());
    }

    @Test
    void aResetEndsInfinity() {
        average.add(Tensors.floats(Double.POSITIVE_INFINITY), 1);
        average.reset();
        average.add(Tensors.floats(2), 1);
        assertEquals(OptionalDouble.of(2), average.value());
    }

    @Test
    void closingFreesTheSumAndResets() throws InterruptedException {
        Tensor one = torch.ones(1);
        long before = Tensors.handles();
        average.add(one, 1);
        average.close();
        assertEquals(before, Pointer.totalCount());
        assertEquals(OptionalDouble.empty(), average.value());
        average.add(one, 1);
        assertEquals(OptionalDouble.of(1), average.value());
    }
}
