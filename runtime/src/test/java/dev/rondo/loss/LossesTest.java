package dev.rondo.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected values of the worked example are fastai's. */
@ExtendWith(InScope.class)
class LossesTest {
    private final Tensor logits =
            Tensors.floats(1, 2, 3, 0, -1, 1).reshape(2, 3).set_requires_grad(true);
    private final Tensor classes = Tensors.longs(2, 0);

    private static double of(Loss loss, Tensor pred, Tensor y) {
        Tensor value = loss.of(pred, List.of(y));
        assertEquals(0, value.dim());
        return value.item_double();
    }

    private static float[] items(Loss loss, Tensor pred, Tensor y) {
        return Tensors.values(loss.unreduced().of(pred, List.of(y)));
    }

    private static float[] f(double... values) {
        return Tensors.values(Tensors.floats(values));
    }

    // ---- the worked example

    @Test
    void n1_crossEntropy() {
        assertEquals(.907606, of(Losses.crossEntropy(), logits, classes), 1e-6);
        assertArrayEquals(f(.407606, 1.407606), items(Losses.crossEntropy(), logits, classes), 1e-6f);
        assertEquals(1.815212, of(Losses.crossEntropy().withReduction(Reduction.SUM), logits, classes), 1e-5);
    }

    @Test
    void n1_labelSmoothing() {
        assertEquals(.957606, of(Losses.labelSmoothing(), logits, classes), 1e-6);
        assertEquals(1.91521, of(Losses.labelSmoothing().withReduction(Reduction.SUM), logits, classes), 1e-5);
        assertArrayEquals(f(.507606, 1.407606), items(Losses.labelSmoothing(), logits, classes), 1e-6f);
        assertEquals(1.00761, of(Losses.labelSmoothing(.2), logits, classes), 1e-5);
    }

    @Test
    void n1_focal() {
        assertEquals(.424313, of(Losses.focal(), logits, classes), 1e-6);
        assertEquals(.907606, of(Losses.focal(0), logits, classes), 1e-6);
    }

    // ---- classes

    /** The gradient is (softmax − one-hot) / N. */
    @Test
    void crossEntropyHasGradients() {
        Losses.crossEntropy().of(logits, List.of(classes)).backward();
        double e = Math.exp(1), sum = e + e * e + e * e * e, other = 1 + 1 / e + e;
        float[] expected = f(
                e / sum / 2,
                e * e / sum / 2,
                (e * e * e / sum - 1) / 2,
                (1 / other - 1) / 2,
                1 / e / other / 2,
                e / other / 2);
        assertArrayEquals(expected, Tensors.values(logits.grad()), 1e-6f);
    }

    static Stream<ReducedLoss> ofClasses() {
        return Stream.of(Losses.crossEntropy(), Losses.labelSmoothing(), Losses.focal());
    }

    private static ReducedLoss onLastAxis(ReducedLoss loss) {
        if (loss instanceof CrossEntropy c) return c.withAxis(-1);
        return loss instanceof LabelSmoothing l ? l.withAxis(-1) : ((Focal) loss).withAxis(-1);
    }

    private static ReducedLoss weighted(ReducedLoss loss, Tensor weight) {
        if (loss instanceof CrossEntropy c) return c.withWeight(weight);
        return loss instanceof LabelSmoothing l ? l.withWeight(weight) : ((Focal) loss).withWeight(weight);
    }

    /** Each pixel has a class; the loss treats pixels as rows. */
    @ParameterizedTest
    @MethodSource("ofClasses")
    void pixelsAreTreatedAsRows(ReducedLoss loss) {
        Tensor images = torch.randn(2, 3, 4, 5);
        Tensor y = torch.randn(2, 3, 4, 5).argmax(new LongOptional(1), false);
        Tensor rows = images.permute(0, 2, 3, 1).reshape(-1, 3);
        assertEquals(of(loss, rows, y.flatten()), of(loss, images, y), 1e-6);
        assertArrayEquals(
                new long[] {2, 4, 5}, loss.unreduced().of(images, List.of(y)).shape());
        assertArrayEquals(items(loss, rows, y.flatten()), items(loss, images, y), 1e-6f);
        assertEquals(of(loss, images, y), of(onLastAxis(loss), images.permute(0, 2, 3, 1), y), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void smallIntegersAreClassNumbersToo(ReducedLoss loss) {
        assertTrue(loss.classNumbers());
        for (ScalarType type : new ScalarType[] {ScalarType.Byte, ScalarType.Char, ScalarType.Short, ScalarType.Int}) {
            assertEquals(of(loss, logits, classes), of(loss, logits, classes.to(type)));
        }
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void softmaxAndTheMostLikelyClass(ReducedLoss loss) {
        Tensor likely = loss.activation(logits);
        assertArrayEquals(Tensors.values(torch.softmax(logits, 1)), Tensors.values(likely));
        assertArrayEquals(f(2, 2), Tensors.values(loss.decodes(likely)));
        Tensor last = torch.randn(2, 4, 3);
        assertArrayEquals(
                Tensors.values(torch.softmax(last, 2)),
                Tensors.values(onLastAxis(loss).activation(last)));
        assertArrayEquals(new long[] {2, 4}, onLastAxis(loss).decodes(last).shape());
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void aWeightIsAFactorOfItsClass(ReducedLoss loss) {
        Tensor weight = Tensors.floats(2, 5, .5).to(ScalarType.Double); // of another type than the logits
        float[] plain = items(Losses.crossEntropy(), logits, classes), items = items(loss, logits, classes);
        float[] weighted = items(weighted(loss, weight), logits, classes);
        double fraction = loss instanceof LabelSmoothing ? .9 : 1; // of the part with weights
        for (int i = 0; i < 2; i++) {
            double w = i == 0 ? .5 : 2, base = loss instanceof Focal ? items[i] : plain[i];
            assertEquals(items[i] + fraction * (w - 1) * base, weighted[i], 1e-5);
        }
    }

    @Test
    void theMeanOfWeightedCrossEntropyIsDividedByTheWeights() {
        Loss loss = Losses.crossEntropy().withWeight(Tensors.floats(2, 5, .5));
        assertEquals((.407606 * .5 + 1.407606 * 2) / 2.5, of(loss, logits, classes), 1e-6);
    }

    @Test
    void ignoredTargetsDoNotCount() {
        CrossEntropy loss = Losses.crossEntropy().withIgnoreIndex(2);
        assertEquals(1.407606, of(loss, logits, classes), 1e-6);
        assertArrayEquals(f(0, 1.407606), items(loss, logits, classes), 1e-6f);
        assertEquals(1.407606, of(Losses.crossEntropy(), logits, Tensors.longs(-100, 0)), 1e-6);
    }

    /** γ·(1−p)^(γ−1) is infinite at p = 1 if γ is below 1. */
    @Test
    void certainPredictionsHaveAGradient() {
        Tensor sure = Tensors.floats(100, 0, 0).reshape(1, 3).set_requires_grad(true);
        Losses.focal(.5).of(sure, List.of(Tensors.longs(0))).backward();
        assertArrayEquals(f(0, 0, 0), Tensors.values(sure.grad()), 1e-6f);
    }

    // ---- areas

    /** Two classes of two pixels. P is (½, ½) everywhere and Y is (1, 0), (1, 0); the losses are 1 − 2·1/(1+2) and 1 − 0/(1+0). */
    @Test
    void diceSumsOverItemsAndClasses() {
        Tensor even = torch.zeros(1, 2, 1, 2), y = Tensors.longs(0, 0).reshape(1, 1, 2);
        assertEquals(1 / 3. + 1, of(Losses.dice().withSmooth(0), even, y), 1e-6);
        assertArrayEquals(f(1 / 3., 1), items(Losses.dice().withSmooth(0), even, y), 1e-6f);
        assertEquals(2 / 3., of(Losses.dice().withSmooth(0).withReduction(Reduction.MEAN), even, y), 1e-6);
        assertEquals(.2 + 1, of(Losses.dice().withSmooth(0).withSquareInUnion(), even, y), 1e-6);
        assertEquals(1 - 3 / 4. + 1 - 1 / 2., of(Losses.dice().withSmooth(1), even, y), 1e-6);
    }

    @Test
    void diceOfAPerfectPredictionIsZero() {
        Tensor y = torch.randn(3, 4, 4, 4).gt(new Scalar(0)).to(ScalarType.Long);
        Tensor pred = torch.one_hot(y, 3).mul(new Scalar(100.0)).to(ScalarType.Float); // (N, D, H, W, classes)
        assertEquals(0, of(Losses.dice().withAxis(-1), pred, y), 1e-4);
        assertTrue(Losses.dice().classNumbers());
        assertArrayEquals(
                Tensors.values(y), Tensors.values(Losses.dice().withAxis(-1).decodes(pred)));
    }

    @Test
    void diceIgnoresAnUnknownClass() {
        Tensor even = torch.zeros(1, 2, 1, 2), y = Tensors.longs(0, 255).reshape(1, 1, 2);
        assertArrayEquals(f(1 - 2 * .5 / 2, 1), items(Losses.dice().withSmooth(0), even, y), 1e-6f);
    }

    // ---- elements

    @Test
    void meanSquaredAndMeanAbsoluteError() {
        Tensor pred = Tensors.floats(1, 2, 4).set_requires_grad(true), y = Tensors.floats(1, 0, 1);
        assertEquals(13 / 3., of(Losses.mse(), pred, y), 1e-6);
        assertEquals(13, of(Losses.mse().withReduction(Reduction.SUM), pred, y), 1e-6);
        assertArrayEquals(f(0, 4, 9), items(Losses.mse(), pred, y));
        assertEquals(5 / 3., of(Losses.l1(), pred, y), 1e-6);
        assertEquals(5, of(Losses.l1().withReduction(Reduction.SUM), pred, y), 1e-6);
        assertArrayEquals(f(0, 2, 3), items(Losses.l1(), pred, y));
        Losses.mse().of(pred, List.of(y)).backward();
        assertArrayEquals(f(0, 4 / 3., 2), Tensors.values(pred.grad()), 1e-6f);
    }

    @Test
    void binaryCrossEntropy() {
        Tensor pred = Tensors.floats(0, 2, -1).reshape(1, 3),
                y = Tensors.longs(1, 1, 0).reshape(1, 3);
        double[] items = {Math.log(2), Math.log1p(Math.exp(-2)), Math.log1p(Math.exp(-1))};
        BinaryCrossEntropy loss = Losses.bceWithLogits();
        assertArrayEquals(f(items), items(loss, pred, y), 1e-6f);
        assertEquals((items[0] + items[1] + items[2]) / 3, of(loss, pred, y), 1e-6);
        assertEquals(items[0] + items[1] + items[2], of(loss.withReduction(Reduction.SUM), pred, y), 1e-5);
        assertArrayEquals(
                f(3 * items[0], items[1], items[2]),
                items(loss.withPosWeight(Tensors.floats(3, 1, 7)), pred, y),
                1e-5f);
    }

    @Test
    void decisionsAreAboveTheThreshold() {
        BinaryCrossEntropy loss = Losses.bceWithLogits();
        Tensor likely = loss.activation(Tensors.floats(0, 2, -2));
        assertArrayEquals(f(.5, .880797, .119203), Tensors.values(likely), 1e-6f);
        assertArrayEquals(f(0, 1, 0), Tensors.values(loss.decodes(likely)));
        assertArrayEquals(f(1, 1, 1), Tensors.values(loss.withThreshold(.1).decodes(likely)));
    }

    static Stream<ReducedLoss> ofElements() {
        return Stream.of(
                Losses.mse(),
                Losses.l1(),
                Losses.huber(),
                Losses.smoothL1(),
                Losses.quantile(.3),
                Losses.bceWithLogits(),
                Losses.softMargin(),
                Losses.poissonNll());
    }

    /** fastai also converts targets of another type to floats. A double would change the type of the loss and of its gradients. */
    @ParameterizedTest
    @MethodSource("ofElements")
    void targetsOfAnotherTypeBecomeFloats(ReducedLoss loss) {
        Tensor y = Tensors.floats(1, 0, 1);
        assertFalse(loss.classNumbers());
        for (ScalarType type : new ScalarType[] {ScalarType.Double, ScalarType.Long, ScalarType.Bool}) {
            Tensor pred = Tensors.floats(1, 2, 4).set_requires_grad(true);
            Tensor value = loss.of(pred, List.of(y.to(type)));
            value.backward();
            assertEquals(ScalarType.Float, value.scalar_type().intern());
            assertEquals(of(loss, pred, y), value.item_float(), 1e-6);
        }
    }

    @Test
    void aLambdaIsALoss() {
        Loss loss = (pred, yb) -> torch.l1_loss(pred, yb.get(0));
        assertEquals(1.5, of(loss, Tensors.floats(1, 2), Tensors.floats(0, 0)));
        assertFalse(loss.classNumbers());
        assertEquals(Reduction.MEAN, loss.reduction());
    }

    @Test
    void aReductionReducesUnreducedLosses() {
        Tensor losses = Tensors.floats(1, 2, 6);
        assertEquals(3, Reduction.MEAN.of(losses).item_float());
        assertEquals(9, Reduction.SUM.of(losses).item_float());
        assertArrayEquals(f(1, 2, 6), Tensors.values(Reduction.NONE.of(losses)));
    }
}
