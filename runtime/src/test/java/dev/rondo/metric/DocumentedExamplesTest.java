package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples in the documentation of scikit-learn and SciPy, and what happens at the limits. */
@ExtendWith(InScope.class)
class DocumentedExamplesTest {
    private static OptionalDouble of(Metric metric, Tensor pred, Tensor y) {
        try (metric) {
            metric.accumulate(pred, List.of(y));
            return metric.value();
        }
    }

    private static void assertValue(double expected, Metric metric, Tensor pred, Tensor y) {
        assertEquals(expected, of(metric, pred, y).getAsDouble(), 1e-6, metric.name());
    }

    private static Tensor classes(int classes, long... predicted) {
        return torch.one_hot(Tensors.longs(predicted), classes).to(ScalarType.Float);
    }

    @Test
    void classes() {
        assertValue(.625, Metrics.balancedAccuracy(), classes(2, 0, 1, 0, 0, 0, 1), Tensors.longs(0, 1, 0, 0, 1, 0));
        assertValue(.6875, Metrics.cohenKappa(), classes(3, 0, 2, 0, 1, 0), Tensors.longs(0, 2, 0, 1, 2));
        assertValue(-1. / 3, Metrics.matthews(), classes(2, 1, 0, 1, 1), Tensors.longs(1, 1, 1, 0));
        assertValue(.25, Metrics.hamming(), classes(5, 1, 2, 3, 4), Tensors.longs(2, 2, 3, 4));
        Tensor pred = classes(3, 0, 2, 1, 0, 0, 1), y = Tensors.longs(0, 1, 2, 0, 1, 2);
        assertValue(.238095, Metrics.fBeta(.5, Averaging.MACRO), pred, y);
        assertValue(1. / 3, Metrics.fBeta(.5, Averaging.MICRO), pred, y);
        assertValue(.238095, Metrics.fBeta(.5, Averaging.WEIGHTED), pred, y);
        assertValue(4. / 9, Metrics.jaccard(Averaging.MACRO), classes(3, 0, 2, 1, 2), Tensors.longs(0, 1, 2, 2));
    }

    /** Single logits. */
    @Test
    void probabilities() {
        Tensor probabilities = Tensors.floats(.1, .9, .8, .3);
        assertValue(.0375, Metrics.brier(), probabilities.logit(), Tensors.longs(0, 1, 1, 0));
        assertValue(5. / 6, Metrics.averagePrecision(), Tensors.floats(.1, .4, .35, .8), Tensors.longs(0, 0, 1, 1));
        assertValue(
                (.1 + .1 + .2 + .3) / 4,
                Metrics.calibrationError(1000),
                probabilities.logit(),
                Tensors.longs(0, 1, 1, 0));
    }

    @Test
    void regression() {
        Tensor pred = Tensors.floats(2.5, 0, 2, 8), y = Tensors.floats(3, -.5, 2, 7);
        assertValue(.957173, Metrics.explainedVariance(), pred, y);
        assertValue(.327381, Metrics.mape(), pred, y);
        assertValue(1, Metrics.maxError(), Tensors.floats(4, 2, 7, 1), Tensors.floats(3, 2, 7, 1));
        assertValue(.039730, Metrics.msle(), Tensors.floats(2.5, 5, 4, 8), Tensors.floats(3, 5, 2.5, 7));
        assertValue(-.742611, Metrics.pearson(), Tensors.floats(10, 9, 2.5, 6, 4), Tensors.floats(1, 2, 3, 4, 5));
        assertValue(.820783, Metrics.spearman(), Tensors.floats(5, 6, 7, 8, 7), Tensors.floats(1, 2, 3, 4, 5));
    }

    /** Two samples of two labels: one is right, in the other a label is missing. */
    @Test
    void labels() {
        Tensor pred = Tensors.floats(1, -1, 1, -1).reshape(2, 2),
                y = Tensors.longs(1, 0, 1, 1).reshape(2, 2);
        MultiLabelMetrics multi = Metrics.multiLabel();
        assertValue(.75, multi.accuracy(), pred, y);
        assertValue(.25, multi.hamming(), pred, y);
        assertValue(.5, multi.precision(Averaging.MACRO), pred, y);
        assertValue(2. / 3, multi.recall(Averaging.MICRO), pred, y);
        assertValue(2. / 3, multi.recall(Averaging.WEIGHTED), pred, y);
        assertValue(.75, multi.recall(Averaging.SAMPLES), pred, y);
        assertValue((1 + 2. / 3) / 2, multi.f1(Averaging.SAMPLES), pred, y);
        assertValue(.75, multi.jaccard(Averaging.SAMPLES), pred, y);
    }

    /** Two images of 1 × 3 pixels. */
    @Test
    void areas() {
        Tensor y = Tensors.longs(0, 0, 1, 1, 1, 0).reshape(2, 1, 3);
        Tensor single = Tensors.floats(-1, 1, 1, 1, -1, -1).reshape(2, 1, 1, 3);
        Tensor two = torch.cat(new TensorVector(single.neg(), single), 1);
        for (Tensor pred : List.of(single, two)) {
            assertValue(2. / 3, Metrics.areas().dice(), pred, y);
            assertValue(.5, Metrics.areas().jaccard(), pred, y);
            assertValue(2. / 3, Metrics.areas().foregroundAccuracy(), pred, y);
        }
    }

    /** sigmoid(1) is .73. */
    @Test
    void aLabelIsPredictedAboveTheThreshold() {
        Tensor pred = Tensors.floats(1).reshape(1, 1), y = Tensors.longs(1).reshape(1, 1);
        assertValue(1, Metrics.multiLabel(.73).accuracy(), pred, y);
        assertValue(0, Metrics.multiLabel(.74).accuracy(), pred, y);
    }

    @Test
    void whatIsUndefinedHasNoValue() {
        Tensor same = Tensors.floats(1, 1, 1), y = Tensors.floats(1, 2, 3);
        assertEquals(OptionalDouble.empty(), of(Metrics.pearson(), same, y));
        assertEquals(OptionalDouble.empty(), of(Metrics.spearman(), y, same));
        assertEquals(OptionalDouble.empty(), of(Metrics.cohenKappa(), classes(2, 1, 1), Tensors.longs(1, 1)));
        assertEquals(OptionalDouble.empty(), of(Metrics.corpusBleu(), torch.rand(2, 3, 5), torch.zeros(2, 3)));
        assertEquals(
                OptionalDouble.empty(),
                of(Metrics.areas().foregroundAccuracy(), torch.rand(2, 3, 4), torch.zeros(2, 4)));
        assertEquals(OptionalDouble.of(0), of(Metrics.matthews(), classes(2, 1, 1), Tensors.longs(1, 1)));
        assertEquals(OptionalDouble.of(1), of(Metrics.explainedVariance(), y, y));
        assertEquals(OptionalDouble.of(1), of(Metrics.explainedVariance(), same, same));
        assertEquals(OptionalDouble.of(0), of(Metrics.explainedVariance(), y, same));
    }

    @Test
    void nanGivesNan() {
        Tensor nan = Tensors.floats(Double.NaN, 1, 2), y = Tensors.floats(1, 0, 1);
        for (Metric m : List.of(
                Metrics.msle(),
                Metrics.mape(),
                Metrics.maxError(),
                Metrics.explainedVariance(),
                Metrics.pearson(),
                Metrics.spearman(),
                Metrics.brier(),
                Metrics.averagePrecision(),
                Metrics.calibrationError())) {
            assertEquals(OptionalDouble.of(Double.NaN), of(m, nan, y), m.name());
        }
    }

    /** The sequences of a batch have one length, those of another batch another one. */
    @Test
    void bleuOfSequencesOfSeveralLengths() {
        Metric bleu = Metrics.corpusBleu();
        bleu.accumulate(
                classes(5, 0, 1, 2, 3).unsqueeze(0),
                List.of(Tensors.longs(0, 1, 2, 3).unsqueeze(0)));
        bleu.accumulate(
                classes(5, 0, 1, 2, 3, 4).unsqueeze(0),
                List.of(Tensors.longs(0, 1, 2, 3, 4, 0, 1, 2).unsqueeze(0)));
        assertEquals(Math.exp(1 - 12. / 9), bleu.value().getAsDouble(), 1e-12); // all runs are right, but too few
        bleu.close();
    }
}
