package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Precision, recall and F1. */
@ExtendWith(InScope.class)
class CountingTest {
    private static double of(Metric metric, Tensor pred, Tensor y) {
        metric.accumulate(pred, List.of(y));
        double value = metric.value().getAsDouble();
        metric.close();
        return value;
    }

    private static Tensor logits(int classes, long... predicted) {
        return torch.one_hot(Tensors.longs(predicted), classes).to(ScalarType.Float);
    }

    /** Two of three positives are found, with one false positive. */
    @Test
    void binary() {
        Tensor pred = logits(2, 1, 1, 0, 1, 0), y = Tensors.longs(1, 1, 1, 0, 0);
        assertEquals(2. / 3, of(Metrics.precision(), pred, y));
        assertEquals(2. / 3, of(Metrics.recall(), pred, y));
        assertEquals(2. / 3, of(Metrics.f1(), pred, y));
    }

    @Test
    void singleLogitsAboveZeroPredictClassOne() {
        Tensor pred = Tensors.floats(3, -1, .1, -.1, 0).reshape(5, 1);
        for (Tensor y : List.of(
                Tensors.longs(1, 1, 0, 0, 0), Tensors.floats(1, 1, 0, 0, 0).reshape(5, 1))) {
            assertEquals(.5, of(Metrics.precision(), pred, y));
            assertEquals(.5, of(Metrics.recall(), pred, y));
        }
    }

    /** scikit-learn's example for precision_score: predictions 0 2 1 0 0 1, targets 0 1 2 0 1 2. */
    @Test
    void scikitLearnsExample() {
        Tensor pred = logits(3, 0, 2, 1, 0, 0, 1), y = Tensors.longs(0, 1, 2, 0, 1, 2);
        assertEquals(2. / 9, of(Metrics.precision(Averaging.MACRO), pred, y), 1e-15);
        assertEquals(1. / 3, of(Metrics.precision(Averaging.MICRO), pred, y), 1e-15);
        assertEquals(2. / 9, of(Metrics.precision(Averaging.WEIGHTED), pred, y), 1e-15);
        assertEquals(1. / 3, of(Metrics.recall(Averaging.MACRO), pred, y), 1e-15);
        assertEquals(.8 / 3, of(Metrics.f1(Averaging.MACRO), pred, y), 1e-15);
    }

    /** The denominator is 0. */
    @Test
    void isZeroWithoutPredictionsOrTargets() {
        Tensor none = logits(2, 0, 0), all = Tensors.longs(1, 1), zeros = Tensors.longs(0, 0);
        assertEquals(0, of(Metrics.precision(), none, all));
        assertEquals(0, of(Metrics.recall(), none, all));
        assertEquals(0, of(Metrics.f1(), none, all));
        assertEquals(0, of(Metrics.recall(), none, zeros));
        assertEquals(0, of(Metrics.f1(), none, zeros));
    }

    /** Two of five classes occur as targets, and another one among the predictions. */
    @Test
    void aClassThatDoesNotOccurIsNotAveraged() {
        Tensor pred = logits(5, 0, 0, 2, 3), y = Tensors.longs(0, 0, 2, 2);
        assertEquals((1 + .5 + 0) / 3, of(Metrics.recall(Averaging.MACRO), pred, y), 1e-15);
        assertEquals((2 * 1 + 2 * .5) / 4, of(Metrics.recall(Averaging.WEIGHTED), pred, y), 1e-15);
    }

    /** Precision, recall and F1 of one class, counted sample by sample. */
    private static double[] plain(int[] predicted, int[] actual, int c) {
        int hits = 0, said = 0, are = 0;
        for (int i = 0; i < actual.length; i++) {
            if (predicted[i] == c && actual[i] == c) hits++;
            if (predicted[i] == c) said++;
            if (actual[i] == c) are++;
        }
        double p = said == 0 ? 0 : (double) hits / said, r = are == 0 ? 0 : (double) hits / are;
        return new double[] {p, r, p + r == 0 ? 0 : 2 * p * r / (p + r), said + are == 0 ? 0 : 1, are};
    }

    @Test
    void matchesACountSampleBySample() {
        List<Function<Averaging, Metric>> metrics = List.of(Metrics::precision, Metrics::recall, Metrics::f1);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int classes = 2 + random.nextInt(6), n = 1 + random.nextInt(40);
            Tensor pred = torch.randn(n, classes);
            int[] actual = random.ints(n, 0, classes).toArray();
            Tensor y = Tensors.longs(IntStream.of(actual).asLongStream().toArray());
            float[] flat = Tensors.values(pred);
            int[] predicted = new int[n];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < classes; c++) {
                    if (flat[i * classes + c] > flat[i * classes + predicted[i]]) predicted[i] = c;
                }
            }
            for (int m = 0; m < 3; m++) {
                double macro = 0, occurring = 0, weighted = 0, right = 0;
                for (int c = 0; c < classes; c++) {
                    double[] one = plain(predicted, actual, c);
                    macro += one[m];
                    occurring += one[3];
                    weighted += one[m] * one[4] / n;
                }
                for (int i = 0; i < n; i++) if (predicted[i] == actual[i]) right++;
                Function<Averaging, Metric> metric = metrics.get(m);
                assertEquals(macro / occurring, of(metric.apply(Averaging.MACRO), pred, y), 1e-12);
                assertEquals(weighted, of(metric.apply(Averaging.WEIGHTED), pred, y), 1e-12);
                assertEquals(right / n, of(metric.apply(Averaging.MICRO), pred, y), 1e-12);
                if (classes == 2) {
                    assertEquals(plain(predicted, actual, 1)[m], of(metric.apply(Averaging.BINARY), pred, y), 1e-12);
                }
            }
        }
    }

    /** Pixels or words: the last dimension is that of the classes. */
    @Test
    void moreDimensionsAreFlattened() {
        Tensor pred = torch.randn(4, 3, 5, 2), y = torch.randn(4, 3, 5).gt(new org.bytedeco.pytorch.Scalar(0.0));
        assertEquals(
                of(Metrics.f1(), pred.reshape(60, 2), y.reshape(60).to(ScalarType.Long)), of(Metrics.f1(), pred, y));
    }

    @Test
    void wrongShapesAreRejected() {
        assertRejected(
                "f1 is for two classes, but there are 3 classes. Choose Averaging.MACRO, MICRO or WEIGHTED.",
                () -> of(Metrics.f1(), logits(3, 0, 1), Tensors.longs(0, 1)));
        assertRejected(
                "recall_macro takes a class number for each prediction, but the logits are [2, 3], whose last dimension is that of the classes, and the class numbers [3].",
                () -> of(Metrics.recall(Averaging.MACRO), logits(3, 0, 1), Tensors.longs(0, 1, 2)));
        Metric metric = Metrics.precision(Averaging.MICRO);
        metric.accumulate(logits(3, 0, 1), List.of(Tensors.longs(0, 1)));
        assertRejected(
                "precision_micro has counted 3 classes, but this batch has 4.",
                () -> of(metric, logits(4, 0, 1), Tensors.longs(0, 1)));
    }

    /** Found at the end of the phase, because a batch does not wait for the device. */
    @Test
    void targetsOutOfRangeFailInValue() {
        Metric metric = Metrics.f1(Averaging.MACRO);
        metric.accumulate(logits(3, 0, 1, 2, 2), List.of(Tensors.longs(0, 3, -100, 2)));
        assertRejected("f1_macro takes the class numbers 0 to 2 as targets, and 2 are none of them.", metric::value);
        metric.reset();
        assertEquals(OptionalDouble.empty(), metric.value());
        assertEquals(1, of(metric, logits(4, 3), Tensors.longs(3)));
    }

    private static void assertRejected(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
