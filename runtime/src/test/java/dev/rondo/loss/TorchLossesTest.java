package dev.rondo.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses that fastai takes from torch.nn; the numbers are those of PyTorch 2.10. */
@ExtendWith(InScope.class)
class TorchLossesTest {
    private static final double[] NUMBERS = {.5, -1, 2, .3}, OTHERS = {1, 1, 0, .3};
    private static final double[] LOGITS = {1, -2, .5, 0, .3, -1}, YES = {1, 0, 1, 0, 1, 0};
    private static final double[] PROBABILITIES = {.2, .3, .5, .7, .2, .1}, COUNTS = {3, 0, 1, 0, 2, 5};

    @BeforeAll
    static void start() {
        dev.rondo.torch.Torch.start();
    }

    /** A loss of a prediction in rows: its mean, its values and the gradient of its mean. */
    private record Case(
            ReducedLoss loss, double[] pred, List<Object> target, double mean, double[] items, double[] gradient) {
        @Override
        public String toString() {
            return loss.name() + " " + mean;
        }

        private Tensor rows(double[] values) {
            Tensor flat = Tensors.floats(values);
            return values.length == 4 ? flat : flat.reshape(2, 3);
        }

        Tensor leaf() {
            return rows(pred).set_requires_grad(true);
        }

        List<Tensor> yb() {
            return target.stream()
                    .map(t -> t instanceof double[] floats ? rows(floats) : Tensors.longs((long[]) t))
                    .toList();
        }
    }

    private static double[] d(double... values) {
        return values;
    }

    private static List<Object> y(double[] values) {
        return List.of(values);
    }

    private static final List<Object> CLASSES = List.of(new long[] {2, 0});

    private static Tensor weight() {
        return Tensors.floats(2, .5, 1.5);
    }

    private static double[] logs() {
        return d(-.504597, -3.504597, -1.004597, -.9998, -.6998, -1.9998);
    }

    private static double[] logsOf(double[] values) {
        return java.util.Arrays.stream(values).map(Math::log).toArray();
    }

    static Stream<Case> cases() {
        // spotless:off
        return Stream.of(
                new Case(
                        Losses.huber(.5), NUMBERS, y(OTHERS), .46875, d(.125, .875, .875, 0), d(-.125, -.125, .125, 0)),
                new Case(Losses.smoothL1(.5), NUMBERS, y(OTHERS), .9375, d(.25, 1.75, 1.75, 0), d(-.25, -.25, .25, 0)),
                new Case(Losses.smoothL1(0), NUMBERS, y(OTHERS), 1.125, d(.5, 2, 2, 0), d(-.25, -.25, .25, 0)),
                new Case(
                        Losses.bce(),
                        d(.1, .5, .9, .3),
                        y(d(0, 1, 1, .25)),
                        .368092,
                        d(.105361, .693147, .105361, .568499),
                        d(.277778, -.5, -.277778, .059524)),
                new Case(
                        Losses.bce().withWeight(Tensors.floats(2, .5, 2, .5)),
                        d(.1, .5, .9, .3),
                        y(d(0, 1, 1, .25)),
                        .263066,
                        d(.210721, .346574, .210721, .28425),
                        d(.555556, -.25, -.555556, .029762)),
                new Case(
                        Losses.bceWithLogits().withWeight(weight()),
                        LOGITS,
                        y(YES),
                        .589078,
                        d(.626523, .063464, .711115, 1.386294, .277178, .469893),
                        d(-.089647, .009934, -.094385, .166667, -.035463, .067235)),
                new Case(
                        Losses.multiLabelSoftMargin(),
                        LOGITS,
                        y(YES),
                        .412505,
                        d(.304756, .520255),
                        d(-.044824, .019867, -.062923, .083333, -.070926, .044824)),
                new Case(
                        Losses.multiLabelSoftMargin().withWeight(weight()),
                        LOGITS,
                        y(YES),
                        .589078,
                        d(.467034, .711121),
                        d(-.089647, .009934, -.094385, .166667, -.035463, .067235)),
                new Case(
                        Losses.softMargin(),
                        LOGITS,
                        y(d(1, -1, 1, -1, 1, -1)),
                        .412505,
                        d(.313262, .126928, .474077, .693147, .554355, .313262),
                        d(-.044824, .019867, -.062923, .083333, -.070926, .044824)),
                new Case(
                        Losses.multiMargin(),
                        LOGITS,
                        CLASSES,
                        .466667,
                        d(.5, .433333),
                        d(.166667, 0, -.166667, -.166667, .166667, 0)),
                new Case(
                        Losses.multiMargin().withPower(2).withMargin(.5).withWeight(weight()),
                        LOGITS,
                        CLASSES,
                        .463333,
                        d(.5, .426667),
                        d(.5, 0, -.5, -.533333, .533333, 0)),
                new Case(Losses.nll(), logs(), CLASSES, 1.002198, d(1.004597, .9998), d(0, 0, -.5, -.5, 0, 0)),
                new Case(
                        Losses.nll().withWeight(weight()),
                        logs(),
                        CLASSES,
                        1.001856,
                        d(1.506895, 1.9996),
                        d(0, 0, -.428571, -.571429, 0, 0)),
                new Case(Losses.nll().withIgnoreIndex(2), logs(), CLASSES, .9998, d(0, .9998), d(0, 0, 0, -1, 0, 0)),
                new Case(
                        Losses.crossEntropy().withLabelSmoothing(.2),
                        LOGITS,
                        CLASSES,
                        1.092198,
                        d(1.13793, 1.046467),
                        d(.268541, -.018304, -.250237, -.249357, .215009, .034348)),
                new Case(
                        Losses.crossEntropy().withLabelSmoothing(.2).withWeight(weight()),
                        LOGITS,
                        CLASSES,
                        .984677,
                        d(1.490076, 1.956293),
                        d(.214904, .003072, -.217977, -.298996, .255375, .043622)),
                new Case(
                        Losses.softCrossEntropy(),
                        LOGITS,
                        y(PROBABILITIES),
                        1.347198,
                        d(1.654597, 1.0398),
                        d(.201874, -.134971, -.066904, -.166023, .148342, .017681)),
                new Case(
                        Losses.softCrossEntropy().withLabelSmoothing(.2).withWeight(weight()),
                        LOGITS,
                        y(PROBABILITIES),
                        1.620845,
                        d(1.46934, 1.772349),
                        d(.167783, -.057028, -.110754, -.334757, .33737, -.002613)),
                new Case(
                        Losses.klDivergence(),
                        logs(),
                        y(PROBABILITIES),
                        .143821,
                        d(-.220968, .690187, .155725, .450188, -.181928, -.030279),
                        d(-.033333, -.05, -.083333, -.116667, -.033333, -.016667)),
                new Case(
                        Losses.klDivergence().withLogTargets(),
                        logs(),
                        y(logsOf(PROBABILITIES)),
                        .143821,
                        d(-.220968, .690187, .155725, .450188, -.181928, -.030279),
                        d(-.033333, -.05, -.083333, -.116667, -.033333, -.016667)),
                new Case(
                        Losses.poissonNll(),
                        LOGITS,
                        y(COUNTS),
                        1.353346,
                        d(-.281718, .135335, 1.148721, 1, .749859, 5.367879),
                        d(-.046953, .022556, .10812, .166667, -.108357, -.77202)),
                new Case(
                        Losses.poissonNll().withStirling(),
                        LOGITS,
                        y(COUNTS),
                        2.551135,
                        d(1.482363, .135335, 1.148721, 1, 1.401665, 10.138727),
                        d(-.046953, .022556, .10812, .166667, -.108357, -.77202)),
                new Case(
                        Losses.poissonNll().withRates().withEps(.1),
                        d(1, 2, .5, 0, .3, 1),
                        y(COUNTS),
                        1.063488,
                        d(.714069, 2, 1.010826, 0, 2.132581, .523449),
                        d(-.287879, .166667, -.111111, .166667, -.666667, -.590909)),
                new Case(
                        Losses.quantile(.25),
                        NUMBERS,
                        y(OTHERS),
                        .53125,
                        d(.125, .5, 1.5, 0),
                        d(-.0625, -.0625, .1875, .0625)));
        // spotless:on
    }

    @ParameterizedTest
    @MethodSource("cases")
    void numbersAndGradientsArePyTorchs(Case c) {
        Tensor pred = c.leaf();
        Tensor loss = c.loss.of(pred, c.yb());
        loss.backward();
        assertEquals(0, loss.dim());
        assertEquals(c.mean, loss.item_double(), 1e-5);
        assertArrayEquals(Tensors.values(Tensors.floats(c.gradient)), Tensors.values(pred.grad()), 1e-5f);
        Tensor items = c.loss.unreduced().of(pred, c.yb());
        assertArrayEquals(Tensors.values(Tensors.floats(c.items)), Tensors.values(items), 1e-5f);
        assertEquals(2, c.pred.length == 4 ? 2 : items.size(0));
        double sum = items.sum().item_double();
        assertEquals(sum, c.loss.withReduction(Reduction.SUM).of(pred, c.yb()).item_double(), 1e-5);
        assertEquals(
                sum / pred.size(0),
                c.loss.withReduction(Reduction.BATCH_MEAN).of(pred, c.yb()).item_double(),
                1e-5);
    }

    /** The loss is computed with 32 bits where libtorch has no 16-bit form. */
    @ParameterizedTest
    @MethodSource("cases")
    void predictionsOf16BitsHaveALossAndAGradient(Case c) {
        Tensor pred =
                Tensors.values(c.leaf()).length == 0 ? null : c.leaf().detach().to(ScalarType.BFloat16);
        pred.set_requires_grad(true);
        Tensor loss = c.loss.of(pred, c.yb());
        loss.backward();
        assertEquals(c.mean, loss.item_double(), .02 + .02 * Math.abs(c.mean));
        assertTrue(pred.grad().isfinite().all().item_bool());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMeanOverNothingIsNotANumber(Case c) {
        Tensor none = c.leaf().narrow(0, 0, 0);
        List<Tensor> yb = c.yb().stream().map(y -> y.narrow(0, 0, 0)).toList();
        assertEquals(Double.NaN, c.loss.of(none, yb).item_double());
        assertEquals(0, c.loss.withReduction(Reduction.SUM).of(none, yb).item_double());
        assertEquals(0, c.loss.unreduced().of(none, yb).numel());
    }

    // ---- predictions and decisions

    private static float[] f(double... values) {
        return Tensors.values(Tensors.floats(values));
    }

    @Test
    void logsOfProbabilitiesBecomeProbabilities() {
        Tensor logs = Tensors.floats(Math.log(.2), Math.log(.8)).reshape(1, 2);
        for (Loss loss : List.of(Losses.nll(), Losses.klDivergence(), Losses.poissonNll())) {
            assertArrayEquals(f(.2, .8), Tensors.values(loss.activation(logs)), 1e-6f);
        }
        assertArrayEquals(f(1), Tensors.values(Losses.nll().decodes(logs)));
        assertEquals(logs, Losses.poissonNll().withRates().activation(logs));
    }

    @Test
    void scoresStayScores() {
        Tensor scores = Tensors.floats(1, 3, 2).reshape(1, 3);
        assertEquals(scores, Losses.multiMargin().activation(scores));
        assertArrayEquals(f(1), Tensors.values(Losses.multiMargin().decodes(scores)));
        assertTrue(Losses.multiMargin().classNumbers());
    }

    @Test
    void decisionsHaveTheFormOfTheTargets() {
        Tensor likely = Tensors.floats(.2, .5, .7);
        assertArrayEquals(
                f(0, 0, 1), Tensors.values(Losses.bce().decodes(Losses.bce().activation(likely))));
        assertArrayEquals(
                f(0, 1, 1), Tensors.values(Losses.bce().withThreshold(.3).decodes(likely)));
        assertArrayEquals(f(-1, -1, 1), Tensors.values(Losses.softMargin().decodes(likely)));
        MultiLabelSoftMargin labels = Losses.multiLabelSoftMargin();
        assertArrayEquals(f(1, 0), Tensors.values(labels.decodes(labels.activation(Tensors.floats(1, -1)))));
        assertArrayEquals(f(0, 0), Tensors.values(labels.withThreshold(.9).decodes(Tensors.floats(.5, .8))));
        assertArrayEquals(
                f(.731059, .268941), Tensors.values(Losses.softMargin().activation(Tensors.floats(1, -1))), 1e-6f);
    }

    @Test
    void softTargetsWithClassesInTheLastDimension() {
        Tensor logits = torch.randn(2, 4, 3), y = torch.softmax(torch.randn(2, 4, 3), 2);
        SoftCrossEntropy loss = Losses.softCrossEntropy();
        assertEquals(
                loss.of(logits.movedim(2, 1), List.of(y.movedim(2, 1))).item_double(),
                loss.withAxis(-1).of(logits, List.of(y)).item_double(),
                1e-6);
        assertArrayEquals(
                new long[] {2, 4},
                loss.withAxis(-1).unreduced().of(logits, List.of(y)).shape());
        assertFalse(loss.classNumbers());
    }

    @Test
    void aReducedNumberIsItsBatchMean() {
        assertEquals(3, Reduction.BATCH_MEAN.of(Tensors.floats(1, 2, 6)).item_double());
        assertEquals(
                4.5,
                Reduction.BATCH_MEAN
                        .of(Tensors.floats(1, 2, 6, 0).reshape(2, 2))
                        .item_double());
        assertEquals(
                5, Reduction.BATCH_MEAN.of(torch.scalar_tensor(new Scalar(5.0))).item_double());
    }
}
