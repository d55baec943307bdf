package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.TensorValues;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Training and validation data at random. */
@ExtendWith(InScope.class)
class RandomSplitTest {
    private final Tensor x = Tensors.count(10, 1);
    private final Tensor y = Tensors.count(10);

    @Test
    void eachSampleIsInOnePartWithItsTarget() {
        try (RandomSplit split = RandomSplit.of(x, y, .25, 42)) {
            double[] train = TensorValues.doubles(split.train().y()),
                    valid = TensorValues.doubles(split.valid().y());
            assertEquals(2, valid.length); // 2.5, rounded down as in fastai
            assertArrayEquals(train, TensorValues.doubles(split.train().x()));
            assertArrayEquals(valid, TensorValues.doubles(split.valid().x()));
            double[] all = DoubleStream.concat(Arrays.stream(train), Arrays.stream(valid))
                    .sorted()
                    .toArray();
            assertArrayEquals(IntStream.range(0, 10).asDoubleStream().toArray(), all);
        }
    }

    @Test
    void theSeedDecides() {
        assertArrayEquals(validOf(1), validOf(1));
        assertFalse(Arrays.equals(validOf(1), validOf(2)));
    }

    private double[] validOf(long seed) {
        try (RandomSplit split = RandomSplit.of(x, y, .5, seed)) {
            return TensorValues.doubles(split.valid().x());
        }
    }

    @Test
    void theSplitOwnsItsTensors() throws InterruptedException {
        long before = Tensors.handles();
        RandomSplit split;
        try (PointerScope scope = new PointerScope()) {
            split = RandomSplit.of(x, y, .2, 0);
        }
        TensorLoader loader = TensorLoader.of(split.train()).batchSize(4).build();
        assertEquals("TensorLoader of 8 samples in 2 batches of 4", loader.toString());
        split.close();
        assertTrue(Tensors.handles() <= before);
        assertEquals(
                "RandomSplit[train=Batch of a closed tensor with targets a closed tensor,"
                        + " valid=Batch of a closed tensor with targets a closed tensor]",
                split.toString());
    }

    @Test
    void allSamplesMayTrainButNotNone() {
        try (RandomSplit split = RandomSplit.of(x, y, 0, 0)) {
            assertEquals(0, TensorLoader.of(split.valid()).build().size());
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> RandomSplit.of(x, y, 1, 0));
        assertEquals("The fraction of the samples for validation is from 0 to below 1, not 1.0.", e.getMessage());
    }

    @Test
    void inputsAndTargetsMustFit() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> RandomSplit.of(x, Tensors.count(9), .2, 0));
        assertEquals("Inputs [10, 1] and targets [9] differ in their number of samples.", e.getMessage());
    }
}
