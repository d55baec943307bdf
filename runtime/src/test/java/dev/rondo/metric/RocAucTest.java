package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class RocAucTest {
    private final Metric auc = Metrics.rocAuc();

    @AfterEach
    void close() {
        auc.close();
    }

    private OptionalDouble of(Tensor pred, Tensor y) {
        auc.reset();
        auc.accumulate(pred, List.of(y));
        return auc.value();
    }

    /** scikit-learn's: scores .1 .4 .35 .8 of targets 0 0 1 1. */
    @Test
    void scikitLearnsExample() {
        assertEquals(OptionalDouble.of(.75), of(Tensors.floats(.1, .4, .35, .8), Tensors.longs(0, 0, 1, 1)));
    }

    @Test
    void tiesCountHalf() {
        assertEquals(OptionalDouble.of(.5), of(Tensors.floats(1, 1, 1), Tensors.longs(0, 1, 0)));
        assertEquals(OptionalDouble.of(.75), of(Tensors.floats(0, 1, 1), Tensors.longs(0, 1, 0)));
    }

    @Test
    void withoutPositivesOrNegativesThereIsNoValue() {
        assertEquals(OptionalDouble.empty(), of(Tensors.floats(1, 2), Tensors.longs(1, 1)));
        assertEquals(OptionalDouble.empty(), of(Tensors.floats(1, 2), Tensors.longs(0, 0)));
        assertEquals(OptionalDouble.empty(), of(torch.eye(3), Tensors.longs(1, 1, 1)));
        auc.reset();
        assertEquals(OptionalDouble.empty(), auc.value());
    }

    /** The fraction of correctly ordered pairs, counted pair by pair. */
    private static double plain(double[] scores, long[] y, int positive) {
        double right = 0, pairs = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                if (y[i] != positive || y[j] == positive) continue;
                pairs++;
                right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? .5 : 0;
            }
        }
        return right / pairs;
    }

    @Test
    void matchesACountPairByPair() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int n = 2 + random.nextInt(50);
            long[] y = random.longs(n, 0, 2).toArray();
            y[0] = 0;
            y[1] = 1;
            double[] scores = random.ints(n, -5, 5).asDoubleStream().toArray(); // with ties
            double expected = plain(scores, y, 1);
            Tensor one = Tensors.floats(scores), actual = Tensors.longs(y);
            assertEquals(expected, of(one, actual).getAsDouble(), 1e-12);
            Tensor two = torch.stack(new org.bytedeco.pytorch.TensorVector(one.neg(), one), 1);
            assertEquals(expected, of(two, actual).getAsDouble(), 1e-12);
        }
    }

    @Test
    void severalClassesAreEachAgainstTheRest() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            int n = 30, classes = 4;
            long[] y = random.longs(n, 0, classes - 1).toArray(); // the last class never occurs
            Tensor pred = torch.randn(n, classes).to(ScalarType.Double);
            float[] probabilities = Tensors.values(pred.softmax(1).to(ScalarType.Double));
            double expected = 0;
            for (int c = 0; c < classes - 1; c++) {
                int column = c;
                expected += plain(
                                IntStream.range(0, n)
                                        .mapToDouble(i -> probabilities[i * classes + column])
                                        .toArray(),
                                y,
                                c)
                        / (classes - 1);
            }
            assertEquals(expected, of(pred, Tensors.longs(y)).getAsDouble(), 1e-9);
        }
    }

    /** As probabilities, both positives would round to 1 and tie with the negative between them. */
    @Test
    void largeScoresAreNoTie() {
        Tensor logits = Tensors.floats(0, 30, 0, 25, 0, 20).reshape(3, 2);
        assertEquals(OptionalDouble.of(1), of(logits, Tensors.longs(1, 0, 0)));
        assertEquals(OptionalDouble.of(.5), of(logits, Tensors.longs(0, 1, 0)));
        assertEquals(OptionalDouble.of(1), of(logits.to(ScalarType.BFloat16), Tensors.longs(1, 0, 0)));
    }

    @Test
    void nanGivesNan() {
        assertTrue(Double.isNaN(
                of(Tensors.floats(1, Double.NaN), Tensors.longs(0, 1)).getAsDouble()));
    }

    @Test
    void targetsOutOfRangeFailInValue() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> of(Tensors.floats(1, 2), Tensors.longs(0, 2)));
        assertEquals("roc_auc takes the class numbers 0 to 1 as targets, and 1 is none of them.", e.getMessage());
    }

    @Test
    void manySamples() {
        Tensor scores = torch.randn(100_000);
        Tensor y = scores.add(torch.randn(100_000)).gt(new Scalar(0.0));
        double twice = of(scores, y).getAsDouble() + of(scores.neg(), y).getAsDouble();
        assertEquals(1, twice, 1e-12);
    }
}
