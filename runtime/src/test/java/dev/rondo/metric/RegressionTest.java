package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Regression metrics and perplexity. */
@ExtendWith(InScope.class)
class RegressionTest {
    private static OptionalDouble of(Metric metric, Tensor pred, Tensor y) {
        metric.accumulate(pred, List.of(y));
        OptionalDouble value = metric.value();
        metric.close();
        return value;
    }

    /** scikit-learn's: predictions 2.5 0 2 8, targets 3 −.5 2 7. */
    @Test
    void scikitLearnsExamples() {
        Tensor pred = Tensors.floats(2.5, 0, 2, 8).reshape(4, 1), y = Tensors.floats(3, -.5, 2, 7);
        assertEquals(.375, of(Metrics.mse(), pred, y).getAsDouble(), 1e-12);
        assertEquals(.6123724357, of(Metrics.rmse(), pred, y).getAsDouble(), 1e-9);
        assertEquals(.5, of(Metrics.mae(), pred, y).getAsDouble(), 1e-12);
        assertEquals(.9486081370, of(Metrics.r2(), pred, y).getAsDouble(), 1e-9);
    }

    @Test
    void matchesADirectLoop() {
        Random random = new Random(2);
        double[] p = random.doubles(60, -1, 1).toArray(),
                y = random.doubles(60, -1, 1).toArray();
        double squares = 0, absolute = 0, mean = 0, total = 0;
        for (int i = 0; i < p.length; i++) {
            squares += (p[i] - y[i]) * (p[i] - y[i]) / p.length;
            absolute += Math.abs(p[i] - y[i]) / p.length;
            mean += y[i] / p.length;
        }
        for (double t : y) total += (t - mean) * (t - mean) / p.length;
        Tensor pred = Tensors.floats(p).reshape(20, 3),
                target = Tensors.floats(y).reshape(20, 3);
        assertEquals(squares, of(Metrics.mse(), pred, target).getAsDouble(), 1e-6);
        assertEquals(Math.sqrt(squares), of(Metrics.rmse(), pred, target).getAsDouble(), 1e-6);
        assertEquals(absolute, of(Metrics.mae(), pred, target).getAsDouble(), 1e-6);
        assertEquals(1 - squares / total, of(Metrics.r2(), pred, target).getAsDouble(), 1e-6);
    }

    @Test
    void r2OfEqualTargetsIsOneIfAllPredictionsAreCorrect() {
        Tensor y = Tensors.floats(.1, .1, .1);
        assertEquals(OptionalDouble.of(1), of(Metrics.r2(), y, y));
        assertEquals(OptionalDouble.of(0), of(Metrics.r2(), Tensors.floats(.1, .1, .2), y));
        assertEquals(OptionalDouble.empty(), of(Metrics.r2(), Tensors.floats(1), Tensors.floats(1)));
    }

    @Test
    void nanGivesNan() {
        Tensor nan = Tensors.floats(Double.NaN, 1);
        for (Metric m : List.of(Metrics.mse(), Metrics.mae(), Metrics.r2())) {
            assertEquals(OptionalDouble.of(Double.NaN), of(m, nan, Tensors.floats(1, 1)), m.name());
        }
    }

    /** R² of the mean is 0; that of worse predictions is below 0. */
    @Test
    void r2OfTheMeanIsZero() {
        Tensor y = Tensors.floats(1, 2, 3, 6);
        assertEquals(0, of(Metrics.r2(), Tensors.floats(3, 3, 3, 3), y).getAsDouble(), 1e-12);
        assertEquals(
                1 - 131. / 14, of(Metrics.r2(), Tensors.floats(6, 6, 6, -3), y).getAsDouble(), 1e-12);
    }

    /** The difference of two sums of squares around 0 would lose all digits. */
    @Test
    void r2LosesNoDigitsFarFromZero() {
        Tensor y = torch.arange(new Scalar(100.0)).to(ScalarType.Double), far = y.add(new Scalar(1e9));
        Tensor pred = y.add(torch.randn(100));
        double near = of(Metrics.r2(), pred, y).getAsDouble();
        assertEquals(near, of(Metrics.r2(), pred.add(new Scalar(1e9)), far).getAsDouble(), 1e-6);
    }

    @Test
    void wrongShapesAreRejected() {
        for (Metric m : List.of(Metrics.mse(), Metrics.rmse(), Metrics.mae(), Metrics.r2())) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> of(m, torch.zeros(4, 2), Tensors.floats(1, 2, 3, 4)));
            assertEquals(
                    m.name()
                            + " takes a target for each prediction, but the predictions are [4, 2] and the targets [4].",
                    e.getMessage());
        }
    }

    @Test
    void perplexityOfAGuessIsTheNumberOfClasses() {
        assertEquals(
                7,
                of(Metrics.perplexity(), torch.zeros(5, 7), Tensors.longs(0, 1, 2, 3, 4))
                        .getAsDouble(),
                1e-5);
    }

    /** Cross entropies .407606 and 1.407606. */
    @Test
    void perplexityIsTheExponentialOfTheMean() {
        Tensor logits = Tensors.floats(1, 2, 3, 0, -1, 1).reshape(2, 3);
        assertEquals(
                Math.exp(.907606),
                of(Metrics.perplexity(), logits, Tensors.longs(2, 0)).getAsDouble(),
                1e-5);
        assertEquals(
                Math.exp(.407606),
                of(Metrics.perplexity(), logits, Tensors.longs(2, -100)).getAsDouble(),
                1e-5);
        assertEquals(OptionalDouble.empty(), of(Metrics.perplexity(), logits, Tensors.longs(-100, -100)));
    }

    /** Sequences have different lengths, and each word has the same weight. */
    @Test
    void perplexityWeighsAllWordsEqually() {
        Metric perplexity = Metrics.perplexity();
        Tensor logits = torch.randn(12, 5), y = Tensors.longs(0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1);
        perplexity.accumulate(
                logits.narrow(0, 0, 2).reshape(1, 2, 5),
                List.of(y.narrow(0, 0, 2).reshape(1, 2)));
        perplexity.accumulate(
                logits.narrow(0, 2, 10).reshape(2, 5, 5),
                List.of(y.narrow(0, 2, 10).reshape(2, 5)));
        assertEquals(
                of(Metrics.perplexity(), logits, y).getAsDouble(),
                perplexity.value().getAsDouble(),
                1e-9);
        perplexity.close();
    }
}
