package dev.rondo.metric;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.check.Wrong;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments, predictions and targets of metrics, and what is said. */
@ExtendWith(InScope.class)
class WrongMetricsTest {
    private static OptionalDouble value(Metric metric, Tensor pred, Tensor... yb) {
        try (metric) {
            metric.accumulate(pred, List.of(yb));
            return metric.value();
        }
    }

    /** Logits of three classes for four samples. */
    private static Tensor logits() {
        return Tensors.count(4, 3);
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                call("The k of a top-k accuracy is 1 or more, not 0.", () -> Metrics.topK(0)),
                call(
                        "top_5 looks at 5 classes, but there are 3.",
                        () -> value(Metrics.topK(5), logits(), Tensors.longs(0, 1, 2, 0))),
                call("'averaging' must not be null.", () -> Metrics.f1(null)),
                call("'averaging' must not be null.", () -> Metrics.multiLabel().f1(null)),
                call("'averaging' must not be null.", () -> Metrics.multiLabel().rocAuc(null)),
                call("'weights' must not be null.", () -> Metrics.cohenKappa(null)),
                call("The beta of F-beta is 0 or more, not -1.0.", () -> Metrics.fBeta(-1)),
                call("The beta of F-beta is a finite number, not Infinity.", () -> Metrics.multiLabel()
                        .fBeta(Double.POSITIVE_INFINITY, Averaging.MACRO)),
                call(
                        "f1 of classes has no Averaging.SAMPLES, which is for several labels: Metrics.multiLabel(). Choose Averaging.BINARY, MACRO, MICRO or WEIGHTED.",
                        () -> Metrics.f1(Averaging.SAMPLES)),
                call(
                        "f1 of several labels has no Averaging.BINARY. Choose Averaging.MACRO, MICRO, WEIGHTED or SAMPLES.",
                        () -> Metrics.multiLabel().f1(Averaging.BINARY)),
                call(
                        "roc_auc of several labels has no Averaging.BINARY. Choose Averaging.MACRO, MICRO, WEIGHTED or SAMPLES.",
                        () -> Metrics.multiLabel().rocAuc(Averaging.BINARY)),
                call("The threshold of decisions about labels is from 0 to 1, not 1.5.", () -> Metrics.multiLabel(1.5)),
                call(
                        "The number of bins of a calibration error is 1 or more, not 0.",
                        () -> Metrics.calibrationError(0)),
                call("The class number of the background is 0 or more, not -1.", () -> Metrics.areas()
                        .foregroundAccuracy(-1)),
                call(
                        "f1_macro takes logits and targets (N, labels), with a target of 0 or 1 for each logit, not [4, 3] and [4].",
                        () -> value(Metrics.multiLabel().f1(Averaging.MACRO), logits(), Tensors.longs(0, 1, 0, 1))),
                call(
                        "hamming takes targets of 0 or 1, and 10 are neither.",
                        () -> value(Metrics.multiLabel().hamming(), logits(), logits())),
                call(
                        "roc_auc_micro takes targets of 0 or 1, and 1 is neither.",
                        () -> value(
                                Metrics.multiLabel().rocAuc(Averaging.MICRO),
                                torch.zeros(1, 2),
                                Tensors.floats(1, .5).reshape(1, 2))),
                call(
                        "dice takes logits (N, classes, …) and class numbers (N, …), not [4, 3] and [4, 3].",
                        () -> value(Metrics.areas().dice(), logits(), logits())),
                call(
                        "corpus_bleu takes logits (N, length, words) and word numbers (N, length), not [4, 3] and [4].",
                        () -> value(Metrics.corpusBleu(), logits(), Tensors.longs(0, 1, 2, 0))),
                call(
                        "msle takes predictions and targets above -1, and 2 are not.",
                        () -> value(Metrics.msle(), Tensors.floats(-1, 2), Tensors.floats(-3, 1))),
                call(
                        "brier takes the class numbers 0 to 2 as targets, and 1 is none of them.",
                        () -> value(Metrics.brier(), logits(), Tensors.longs(0, 1, 2, 3))),
                call(
                        "calibration_error takes the class numbers 0 to 2 as targets, and 1 is none of them.",
                        () -> value(Metrics.calibrationError(), logits(), Tensors.longs(0, 1, 2, 3))),
                call(
                        "average_precision takes the class numbers 0 to 2 as targets, and 1 is none of them.",
                        () -> value(Metrics.averagePrecision(), logits(), Tensors.longs(0, 1, 2, 3))),
                call(
                        "A confusion matrix takes the class numbers 0 to 2 as targets, and 1 is none of them.",
                        () -> ConfusionMatrix.of(logits(), Tensors.longs(0, 1, 2, 3))),
                call("A confusion matrix of 3 classes has as many names, not 2.", () -> ConfusionMatrix.of(
                                logits(), Tensors.longs(0, 1, 2, 0))
                        .withNames("a", "b")),
                call("'name' must not be null.", () -> Metrics.value(null, () -> 1)),
                call("A metric has a name that is not blank.", () -> Metrics.mse()
                        .withName("")),
                call("'of' must not be null.", () -> Metrics.average("diff", null)),
                call("'direction' must not be null.", () -> Metrics.mse().withDirection(null)),
                call(
                        "accuracy takes logits of at least one class, not [4, 0].",
                        () -> value(Metrics.accuracy(), torch.zeros(4, 0), Tensors.longs(0, 0, 0, 0))),
                call(
                        "accuracy takes a class number for each prediction, but the logits are [4, 3], whose last dimension is that of the classes, and the class numbers [2].",
                        () -> value(Metrics.accuracy(), logits(), Tensors.longs(0, 1))),
                call(
                        "accuracy compares predictions with targets, and the batch has none.",
                        () -> value(Metrics.accuracy(), logits())),
                call("'pred' must not be null.", () -> value(Metrics.mse(), null, logits())),
                call(
                        "recall_macro takes the class numbers 0 to 2 as targets, and 2 are none of them.",
                        () -> value(Metrics.recall(Averaging.MACRO), logits(), Tensors.floats(.5, 1, 1.7, 2))),
                call(
                        "roc_auc takes the class numbers 0 to 2 as targets, and 1 is none of them.",
                        () -> value(Metrics.rocAuc(), logits(), Tensors.floats(0, 1, 1.5, 2))),
                call(
                        "perplexity takes the class numbers 0 to 2 as targets, and 2 are none of them.",
                        () -> value(Metrics.perplexity(), logits(), Tensors.longs(0, 7, -3, -100))),
                call(
                        "mse takes a target for each prediction, but the predictions are [4, 3] and the targets [3, 4].",
                        () -> value(Metrics.mse(), logits(), Tensors.count(3, 4))),
                call(
                        "The function of the metric 'none' returned null.",
                        () -> value(Metrics.average("none", (pred, y) -> null), logits(), logits())),
                call("The number of samples of a mean is 0 or more, not -1.", () -> new Average()
                        .add(Tensors.floats(1), -1)));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Wrong wrong) {
        wrong.assertSaid();
    }

    /** Targets of binary losses are floats. A class number that is not whole is no class, and not the one below it. */
    @Test
    void targetsThatAreFloats() {
        assertEquals(
                .75,
                value(Metrics.accuracy(), Tensors.floats(1, -1, 1, -1), Tensors.floats(1, 0, 0, 0))
                        .getAsDouble());
        assertEquals(
                0,
                value(Metrics.accuracy(), Tensors.floats(1, 1), Tensors.floats(1.5, 1.7))
                        .getAsDouble());
        assertEquals(
                1,
                value(Metrics.errorRate(), Tensors.floats(1, 1), Tensors.floats(1.5, 1.7))
                        .getAsDouble());
        assertEquals(
                .5,
                value(Metrics.topK(1), Tensors.count(2, 2), Tensors.floats(1, 1.5))
                        .getAsDouble());
    }

    @Test
    void anAverageOfBooleansIsTheFractionThatIsTrue() {
        Metric same = Metrics.average("same", Tensor::eq);
        assertEquals(.5, value(same, Tensors.longs(1, 2), Tensors.longs(1, 3)).getAsDouble());
    }

    @Test
    void flatTargetsMatchPredictionsOfAnyShape() {
        assertEquals(
                0, value(Metrics.mse(), Tensors.count(2, 3), Tensors.count(6)).getAsDouble());
        assertEquals(
                0,
                value(Metrics.mse(), Tensors.count(2, 1, 3), Tensors.count(2, 3))
                        .getAsDouble());
    }
}
