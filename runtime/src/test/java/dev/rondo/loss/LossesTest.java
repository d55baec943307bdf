package dev.rondo.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class LossesTest {
    private final Tensor logits =
            Tensors.floats(1, 2, 3, 0, -1, 1).reshape(2, 3).set_requires_grad(true);

    /** The items' losses are .407606 and 1.407606. */
    @Test
    void crossEntropyIsTheMeanOverTheBatch() {
        Tensor loss = Losses.crossEntropy().of(logits, List.of(Tensors.longs(2, 0)));
        assertEquals(.907606, loss.item_float(), 1e-6);
        assertEquals(0, loss.dim());
    }

    /** The gradient is (softmax − one-hot) / N. */
    @Test
    void crossEntropyGivesGradients() {
        Losses.crossEntropy().of(logits, List.of(Tensors.longs(2, 0))).backward();
        double e = Math.exp(1), sum = e + e * e + e * e * e, other = 1 + 1 / e + e;
        float[] expected = {
            (float) (e / sum / 2), (float) (e * e / sum / 2), (float) ((e * e * e / sum - 1) / 2),
            (float) ((1 / other - 1) / 2), (float) (1 / e / other / 2), (float) (e / other / 2)
        };
        assertArrayEquals(expected, Tensors.values(logits.grad()), 1e-6f);
    }

    /** Each pixel has a class. */
    @Test
    void crossEntropyTakesMoreDimensions() {
        Tensor pred = torch.zeros(2, 3, 4, 4),
                y = Tensors.count(2, 4, 4).mul(torch.zeros(1)).to(ScalarType.Long);
        assertEquals(Math.log(3), Losses.crossEntropy().of(pred, List.of(y)).item_float(), 1e-6);
    }

    @Test
    void meanSquaredError() {
        Tensor pred = Tensors.floats(1, 2, 4).set_requires_grad(true);
        Tensor loss = Losses.mse().of(pred, List.of(Tensors.floats(1, 0, 1)));
        assertEquals(13 / 3f, loss.item_float(), 1e-6);
        loss.backward();
        assertArrayEquals(new float[] {0, 4 / 3f, 2}, Tensors.values(pred.grad()), 1e-6f);
    }

    @Test
    void saysWhatIsWrong() {
        assertMessage(
                "mse compares tensors of one shape, but the prediction is [3, 1] and the target [3].",
                () -> Losses.mse().of(Tensors.count(3, 1), List.of(Tensors.count(3))));
        assertMessage("crossEntropy takes one target, and the batch has 2.", () -> Losses.crossEntropy()
                .of(logits, List.of(Tensors.longs(2), Tensors.longs(0))));
        assertMessage(
                "mse takes one target, and the batch has 0.", () -> Losses.mse().of(logits, List.of()));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    /** fastai turns the targets of a regression into floats too; a double would change the type of the loss and its gradients. */
    @Test
    void meanSquaredErrorTakesTargetsOfAnotherType() {
        for (ScalarType type : new ScalarType[] {ScalarType.Double, ScalarType.Long}) {
            Tensor pred = Tensors.floats(1, 2, 4).set_requires_grad(true);
            Tensor loss = Losses.mse().of(pred, List.of(Tensors.floats(1, 0, 1).to(type)));
            loss.backward();
            assertArrayEquals(new float[] {0, 4 / 3f, 2}, Tensors.values(pred.grad()), 1e-6f);
        }
    }

    @Test
    void aLambdaWillDo() {
        Loss loss = (pred, yb) -> torch.l1_loss(pred, yb.get(0));
        assertEquals(
                1.5,
                loss.of(Tensors.floats(1, 2), List.of(Tensors.floats(0, 0))).item_float());
    }
}
