package dev.rondo.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
        for (String name : List.of("mse", "l1", "bceWithLogits")) {
            Loss loss = name.equals("mse") ? Losses.mse() : name.equals("l1") ? Losses.l1() : Losses.bceWithLogits();
            assertRejected(
                    name + " compares tensors of one shape, but the prediction is [3, 1] and the target [3].",
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
        for (Loss loss : List.of(Losses.crossEntropy(), Losses.labelSmoothing(), Losses.focal())) {
            String name = ((ReducedLoss) loss).name();
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
                "bceWithLogits has a posWeight [2], which does not broadcast to logits [2, 3].",
                Losses.bceWithLogits().withPosWeight(Tensors.floats(1, 2)),
                logits,
                Tensors.count(2, 3));
    }

    @Test
    void numbersOutOfRange() {
        assertRejected("labelSmoothing has an eps from 0 to 1, not 1.5.", () -> Losses.labelSmoothing(1.5));
        assertRejected("labelSmoothing has an eps from 0 to 1, not NaN.", () -> Losses.labelSmoothing(Double.NaN));
        assertRejected("focal has a gamma of at least 0, not -1.0.", () -> Losses.focal(-1));
        assertRejected(
                "dice has a smooth of at least 0, not NaN.", () -> Losses.dice().withSmooth(Double.NaN));
        assertRejected("bceWithLogits has a threshold that is a number, not NaN.", () -> Losses.bceWithLogits()
                .withThreshold(Double.NaN));
    }
}
