package dev.rondo.loss;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.check.Wrong;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each error is one sentence that names the loss. */
@ExtendWith(InScope.class)
class LossErrorsTest {
    private final Tensor logits = Tensors.count(2, 3);
    private final Tensor classes = Tensors.longs(2, 0);

    private static void assertRejected(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static void assertRejected(String message, Loss loss, Tensor pred, Tensor y) {
        assertRejected(message, () -> loss.of(pred, List.of(y)));
    }

    @Test
    void otherThanOneTarget() {
        assertRejected("crossEntropy takes one target, but the batch has 2.", () -> Losses.crossEntropy()
                .of(logits, List.of(classes, classes)));
        assertRejected(
                "mse takes one target, but the batch has 0.", () -> Losses.mse().of(logits, List.of()));
    }

    @Test
    void predictionsThatAreNotFloats() {
        assertRejected(
                "focal takes predictions of a float type, not Long.",
                Losses.focal(),
                logits.to(ScalarType.Long),
                classes);
    }

    @Test
    void elementsWithoutACounterpart() {
        for (ReducedLoss loss : List.of(
                Losses.mse(),
                Losses.l1(),
                Losses.huber(),
                Losses.smoothL1(),
                Losses.quantile(.5),
                Losses.bce(),
                Losses.bceWithLogits(),
                Losses.softMargin(),
                Losses.multiLabelSoftMargin(),
                Losses.klDivergence(),
                Losses.poissonNll())) {
            assertRejected(
                    loss.name() + " compares tensors of one shape, but the prediction is [3, 1] and the target [3].",
                    loss,
                    Tensors.count(3, 1),
                    Tensors.count(3));
        }
    }

    @Test
    void rowsWithoutAClassNumber() {
        assertRejected(
                "labelSmoothing takes a class number for each row of logits, but the prediction is [2, 3] and the target [2, 1].",
                Losses.labelSmoothing(),
                logits,
                classes.reshape(2, 1));
        assertRejected(
                "crossEntropy takes a class number for each row of logits, but the prediction is [2, 3, 4] and the target [2, 3].",
                Losses.crossEntropy(),
                Tensors.count(2, 3, 4),
                Tensors.longs(0, 0, 0, 0, 0, 0).reshape(2, 3));
    }

    @Test
    void logitsOfTooFewDimensions() {
        assertRejected(
                "crossEntropy takes logits (N, classes, …), not [3].",
                Losses.crossEntropy(),
                Tensors.count(3),
                classes);
        assertRejected("dice takes logits (N, classes, H, W, …), not [2, 3].", Losses.dice(), logits, classes);
        assertRejected(
                "focal has its classes in dimension 2, which logits [2, 3] do not have.",
                Losses.focal().withAxis(2),
                logits,
                classes);
    }

    @Test
    void invalidClassNumbers() {
        assertRejected(
                "crossEntropy takes class numbers of an integer type, not Float.",
                Losses.crossEntropy(),
                logits,
                Tensors.floats(2, 0));
        for (ReducedLoss loss : List.of(
                Losses.crossEntropy(), Losses.labelSmoothing(), Losses.focal(), Losses.nll(), Losses.multiMargin())) {
            String name = loss.name();
            assertRejected(name + " takes class numbers from 0 to 2.", loss, logits, Tensors.longs(2, 3));
            assertRejected(name + " takes class numbers from 0 to 2.", loss, logits, Tensors.longs(-1, 0));
        }
    }

    @Test
    void weightsThatDoNotFit() {
        assertRejected(
                "crossEntropy takes a weight for each of 3 classes, not [2].",
                Losses.crossEntropy().withWeight(Tensors.floats(1, 2)),
                logits,
                classes);
        assertRejected(
                "bceWithLogits has a posWeight [2], which does not broadcast to predictions [2, 3].",
                Losses.bceWithLogits().withPosWeight(Tensors.floats(1, 2)),
                logits,
                Tensors.count(2, 3));
    }

    @Test
    void numbersOutOfRange() {
        assertRejected("The eps of label smoothing is from 0 to 1, not 1.5.", () -> Losses.labelSmoothing(1.5));
        assertRejected("The eps of label smoothing is from 0 to 1, not NaN.", () -> Losses.labelSmoothing(Double.NaN));
        assertRejected("The gamma of a focal loss is 0 or more, not -1.0.", () -> Losses.focal(-1));
        assertRejected("The smooth of a dice loss is 0 or more, not NaN.", () -> Losses.dice()
                .withSmooth(Double.NaN));
        assertRejected("bceWithLogits has a threshold that is a number, not NaN.", () -> Losses.bceWithLogits()
                .withThreshold(Double.NaN));
    }

    private static final String OUT_OF_RANGE =
            "bce compares probabilities from 0 to 1, but there are others; for logits take bceWithLogits.";

    static Stream<Wrong> others() {
        return Stream.of(
                call("'reduction' must not be null.", () -> Losses.mse().withReduction(null)),
                call("'pred' must not be null.", () -> Losses.mse().of(null, List.of(Tensors.count(2)))),
                call("'yb' must not be null.", () -> Losses.mse().of(Tensors.count(2), (List<Tensor>) null)),
                call("'yb[0]' must not be null.", () -> Losses.mse()
                        .of(Tensors.count(2), Arrays.asList((Tensor) null))),
                call("mse takes tensors with values, but 'pred' is closed or undefined.", () -> {
                    Tensor closed = Tensors.count(2);
                    closed.close();
                    Losses.mse().of(closed, List.of(Tensors.count(2)));
                }),
                call("l1 takes targets that are real numbers, not ComplexFloat.", () -> Losses.l1()
                        .of(Tensors.count(2), List.of(Tensors.count(2).to(ScalarType.ComplexFloat)))),
                call("crossEntropy has finite weights, but 'weight' has others.", () -> Losses.crossEntropy()
                        .withWeight(Tensors.floats(1, Double.NaN, 1))),
                call("focal has finite weights, but 'weight' has others.", () -> Losses.focal()
                        .withWeight(Tensors.floats(1, Double.POSITIVE_INFINITY, 1))),
                call("bceWithLogits has finite weights, but 'posWeight' has others.", () -> Losses.bceWithLogits()
                        .withPosWeight(Tensors.floats(Double.NaN))),
                call("'weight' must not be null.", () -> Losses.labelSmoothing().withWeight(null)),
                call("crossEntropy takes logits of at least one class, not [2, 0].", () -> Losses.crossEntropy()
                        .of(torch.zeros(2, 0), List.of(Tensors.longs(0, 0)))),
                call("focal has its classes in dimension 1, which logits [3] do not have.", () -> Losses.focal()
                        .activation(Tensors.count(3))),
                call(
                        "crossEntropy has its classes in dimension 1, which logits [3] do not have.",
                        () -> Losses.crossEntropy().decodes(Tensors.count(3))),
                call("The delta of a Huber loss is above 0, not 0.0.", () -> Losses.huber(0)),
                call("The beta of a smooth L1 loss is 0 or more, not -1.0.", () -> Losses.smoothL1(-1)),
                call("The q of a quantile loss is from 0 to 1, not 1.1.", () -> Losses.quantile(1.1)),
                call("The label smoothing of a cross entropy is from 0 to 1, not -0.1.", () -> Losses.crossEntropy()
                        .withLabelSmoothing(-.1)),
                call("The label smoothing of a cross entropy is from 0 to 1, not 2.0.", () -> Losses.softCrossEntropy()
                        .withLabelSmoothing(2)),
                call("The eps of a Poisson loss is 0 or more, not -1.0.", () -> Losses.poissonNll()
                        .withEps(-1)),
                call("The margin of a multi-margin loss is 0 or more, not -1.0.", () -> Losses.multiMargin()
                        .withMargin(-1)),
                call("multiMargin has a power of 1 or 2, not 3.", () -> Losses.multiMargin()
                        .withPower(3)),
                call("multiMargin takes scores (N, classes), not [2, 3, 4].", () -> Losses.multiMargin()
                        .of(Tensors.count(2, 3, 4), List.of(torch.zeros(2, 4).to(ScalarType.Long)))),
                call("multiLabelSoftMargin takes logits (N, labels), not [2].", () -> Losses.multiLabelSoftMargin()
                        .of(Tensors.count(2), List.of(Tensors.count(2)))),
                call("bce has a threshold that is a number, not NaN.", () -> Losses.bce()
                        .withThreshold(Double.NaN)),
                call("bce has a weight [2], which does not broadcast to predictions [2, 3].", () -> Losses.bce()
                        .withWeight(Tensors.floats(1, 2))
                        .of(torch.zeros(2, 3), List.of(torch.zeros(2, 3)))),
                call(OUT_OF_RANGE, () -> Losses.bce().of(Tensors.floats(1.5), List.of(Tensors.floats(1)))),
                call(OUT_OF_RANGE, () -> Losses.bce().of(Tensors.floats(.5), List.of(Tensors.floats(-1)))),
                call(OUT_OF_RANGE, () -> Losses.bce().of(Tensors.floats(Double.NaN), List.of(Tensors.floats(1)))),
                call(
                        "softCrossEntropy takes a probability for each logit, but the prediction is [2, 3] and the target [2].",
                        () -> Losses.softCrossEntropy().of(Tensors.count(2, 3), List.of(Tensors.count(2)))),
                call("softCrossEntropy takes a weight for each of 3 classes, not [2].", () -> Losses.softCrossEntropy()
                        .withWeight(Tensors.floats(1, 2))
                        .of(Tensors.count(2, 3), List.of(Tensors.count(2, 3)))),
                call("nll takes logs of probabilities (N, classes, …), not [3].", () -> Losses.nll()
                        .of(Tensors.count(3), List.of(Tensors.longs(0)))),
                call("crossEntropy takes logits of a float type, not Long.", () -> Losses.crossEntropy()
                        .activation(Tensors.longs(1, 2, 3, 4).view(2, 2))));
    }

    @ParameterizedTest
    @MethodSource
    void others(Wrong wrong) {
        wrong.assertSaid();
    }

    /** As in PyTorch. */
    @Test
    void theMeanOverNothingIsNotANumber() {
        assertEquals(
                Double.NaN,
                Losses.mse().of(torch.zeros(0), List.of(torch.zeros(0))).item_double());
        assertEquals(
                Double.NaN,
                Losses.crossEntropy()
                        .of(logits, List.of(Tensors.longs(-100, -100)))
                        .item_double());
    }
}
