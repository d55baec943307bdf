package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class MetricsTest {
    private final Metric accuracy = Metrics.accuracy();

    /** A batch of logits that predict these classes. */
    private void batch(long[] predicted, long... actual) {
        Tensor logits = torch.one_hot(Tensors.longs(predicted), 4).to(ScalarType.Float);
        accuracy.accumulate(logits, List.of(Tensors.longs(actual)));
    }

    /** Three of four samples, not the mean of 2/3 and 1. */
    @Test
    void eachSampleCountsTheSame() {
        assertEquals("accuracy", accuracy.name());
        batch(new long[] {0, 1, 2}, 0, 1, 3);
        batch(new long[] {3}, 3);
        assertEquals(OptionalDouble.of(.75), accuracy.value());
        batch(new long[] {1, 1, 1, 1}, 0, 0, 0, 0);
        assertEquals(.375, accuracy.value().getAsDouble(), 1e-12);
    }

    @Test
    void fastaisExample() {
        accuracy.accumulate(Tensors.floats(1, 2, 3, 0, -1, 1).reshape(2, 3), List.of(Tensors.longs(2, 0)));
        assertEquals(OptionalDouble.of(.5), accuracy.value());
    }

    @Test
    void errorRateIsOneMinusAccuracy() {
        Metric errorRate = Metrics.errorRate();
        errorRate.accumulate(torch.eye(4), List.of(Tensors.longs(0, 1, 2, 0)));
        assertEquals(OptionalDouble.of(.25), errorRate.value());
    }

    /** fastai's accuracy always predicts the only class, so it is the fraction of zeros. */
    @Test
    void singleLogitsAboveZeroPredictClassOne() {
        for (long[] shape : new long[][] {{4, 1}, {4}}) {
            accuracy.reset();
            accuracy.accumulate(Tensors.floats(-1, 2, 3, -4).reshape(shape), List.of(Tensors.longs(1, 1, 1, 0)));
            assertEquals(OptionalDouble.of(.75), accuracy.value());
        }
    }

    @Test
    void topK() {
        Tensor logits = Tensors.floats(1, 2, 3, 0, -1, 1).reshape(2, 3);
        for (double[] expected : new double[][] {{1, .5}, {2, 1}, {3, 1}}) {
            Metric top = Metrics.topK((int) expected[0]);
            assertEquals("top_" + (int) expected[0], top.name());
            top.accumulate(logits, List.of(Tensors.longs(2, 0)));
            assertEquals(OptionalDouble.of(expected[1]), top.value());
        }
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Metrics.topK(4).accumulate(logits, List.of(Tensors.longs(2, 0))));
        assertEquals("top_4 looks at 4 classes, but there are 3.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Metrics.topK(0));
    }

    @Test
    void withoutBatchesThereIsNoValue() {
        assertEquals(OptionalDouble.empty(), accuracy.value());
        accuracy.reset();
        assertEquals(OptionalDouble.empty(), accuracy.value());
    }

    @Test
    void resetForgets() {
        batch(new long[] {0, 1}, 3, 3);
        accuracy.reset();
        assertEquals(OptionalDouble.empty(), accuracy.value());
        batch(new long[] {0, 1}, 0, 1);
        assertEquals(OptionalDouble.of(1), accuracy.value());
    }

    /** As in fastai, both are flattened. With broadcasting, (N) and (N, 1) would compare each sample with all others. */
    @Test
    void aColumnOfTargetsIsFlattened() {
        Tensor logits = torch.eye(4);
        accuracy.accumulate(logits, List.of(Tensors.longs(0, 1, 2, 0).reshape(4, 1)));
        assertEquals(OptionalDouble.of(.75), accuracy.value());
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> accuracy.accumulate(logits, List.of(torch.eye(4))));
        assertEquals(
                "accuracy takes a class number for each prediction, but the logits are [4, 4], whose last dimension is that of the classes, and the class numbers [4, 4].",
                e.getMessage());
    }

    @Test
    void aCustomAverage() {
        Metric error = Metrics.average("error", (pred, y) -> pred.sub(y).abs());
        error.accumulate(Tensors.floats(1, 2, 3), List.of(Tensors.floats(0, 0, 0)));
        error.accumulate(Tensors.floats(10), List.of(Tensors.floats(0)));
        assertEquals("error", error.name());
        assertEquals(4, error.value().getAsDouble(), 1e-6);
    }

    /** Callers that compare values must not guess which are better. */
    @Test
    void aCustomMetricHasNoDirectionUntilOneIsGiven() {
        Metric error = Metrics.average("error", (pred, y) -> pred.sub(y).abs());
        assertEquals(Optional.empty(), error.direction());
        Metric directed = error.withDirection(Direction.SMALLER_IS_BETTER);
        assertEquals(Optional.of(Direction.SMALLER_IS_BETTER), directed.direction());
        assertEquals("error", directed.name());
        assertEquals("mine", directed.withName("mine").name());
        assertEquals(
                Optional.of(Direction.SMALLER_IS_BETTER),
                directed.withName("mine").direction());
        directed.accumulate(Tensors.floats(3), List.of(Tensors.floats(1)));
        assertEquals(OptionalDouble.of(2), directed.value());
        directed.reset();
        assertEquals(OptionalDouble.empty(), directed.value());
        assertEquals(Optional.of(Direction.LARGER_IS_BETTER), accuracy.direction());
    }

    @Test
    void directionsCompare() {
        assertTrue(Direction.SMALLER_IS_BETTER.better(1, 2));
        assertTrue(Direction.LARGER_IS_BETTER.better(2, 1));
        for (Direction d : Direction.values()) {
            assertFalse(d.better(1, 1));
            assertFalse(d.better(Double.NaN, 1));
            assertFalse(d.better(1, Double.NaN));
        }
    }

    /** One handle from the first batch on, whatever the number of batches. */
    @Test
    void holdsOneHandle() throws InterruptedException {
        long before = Tensors.handles();
        try (PointerScope scope = new PointerScope()) {
            batch(new long[] {0, 1}, 3, 3);
        }
        assertEquals(before + 1, Pointer.totalCount());
        for (int i = 0; i < 100; i++) {
            try (PointerScope scope = new PointerScope()) {
                batch(new long[] {0, 1}, 3, 3);
                accuracy.value();
                if (i % 10 == 0) accuracy.reset();
            }
        }
        assertEquals(before + 1, Pointer.totalCount());
    }
}
