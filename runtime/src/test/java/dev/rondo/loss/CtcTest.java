package dev.rondo.loss;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rondo.check.Wrong;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers are those of PyTorch 2.10 for two inputs of four frames, of which the second has three. */
@ExtendWith(InScope.class)
class CtcTest {
    private final Tensor logits =
            Tensors.count(2, 4, 3).mul(new Scalar(1.7)).sin().set_requires_grad(true);

    private static List<Tensor> yb(long[] labels, long[] inputLengths, long[] labelLengths) {
        return List.of(Tensors.longs(labels).reshape(2, -1), Tensors.longs(inputLengths), Tensors.longs(labelLengths));
    }

    private static long[] l(long... values) {
        return values;
    }

    private static float[] f(double... values) {
        return Tensors.values(Tensors.floats(values));
    }

    private final List<Tensor> yb = yb(l(1, 2, 2, -1), l(4, 3), l(2, 1));

    @Test
    void theMeanIsOfTheLossesDividedByTheLengthsOfTheLabels() {
        Tensor loss = Losses.ctc().of(logits, yb);
        loss.backward();
        assertEquals(1.174062, loss.item_double(), 1e-5);
        assertArrayEquals(
                f(
                        .023668, -.066983, .043314, .003543, -.020925, .017382, .014099, .030662, -.04476, -.015537,
                        .035003, -.019466, -.125783, .112324, .01346, -.160356, .273899, -.113543, .004057, .249246,
                        -.253303, 0, 0, 0),
                Tensors.values(logits.grad()),
                1e-5f);
    }

    @Test
    void eachSampleHasALoss() {
        assertArrayEquals(
                f(.752295, 1.971975), Tensors.values(Losses.ctc().unreduced().of(logits, yb)), 1e-5f);
        double sum = .752295 + 1.971975;
        assertEquals(
                sum, Losses.ctc().withReduction(Reduction.SUM).of(logits, yb).item_double(), 1e-5);
        assertEquals(
                sum / 2,
                Losses.ctc().withReduction(Reduction.BATCH_MEAN).of(logits, yb).item_double(),
                1e-5);
    }

    @Test
    void theBlankCanBeAnotherClass() {
        Ctc loss = Losses.ctc().withBlank(2);
        List<Tensor> yb = yb(l(0, 1, 1, 0), l(4, 3), l(2, 1));
        assertArrayEquals(f(2.922731, 1.75662), Tensors.values(loss.unreduced().of(logits, yb)), 1e-5f);
    }

    /** "1 1" needs a blank between its labels, so three frames. */
    @Test
    void labelsWithoutAnAlignment() {
        List<Tensor> yb = yb(l(1, 1, 2, 0), l(2, 3), l(2, 1));
        assertArrayEquals(
                f(Double.POSITIVE_INFINITY, 1.971975),
                Tensors.values(Losses.ctc().unreduced().of(logits, yb)),
                1e-5f);
        Tensor loss = Losses.ctc().withZeroInfinity().of(logits, yb);
        loss.backward();
        assertEquals(.985988, loss.item_double(), 1e-5);
        assertArrayEquals(
                new float[12], Tensors.values(logits.grad().select(0, 0).flatten()));
    }

    @Test
    void logsOfProbabilitiesAreLogitsToo() {
        assertEquals(1.174062, Losses.ctc().of(torch.log_softmax(logits, 2), yb).item_double(), 1e-5);
    }

    @Test
    void predictionsOf16BitsAndSmallIntegers() {
        List<Tensor> ints = yb.stream().map(y -> y.to(ScalarType.Int)).toList();
        Tensor loss = Losses.ctc().of(logits.to(ScalarType.BFloat16), ints);
        assertEquals(1.174, loss.item_double(), .02);
    }

    @Test
    void theMeanOverNothingIsNotANumber() {
        List<Tensor> none = yb.stream().map(y -> y.narrow(0, 0, 0)).toList();
        assertEquals(Double.NaN, Losses.ctc().of(logits.narrow(0, 0, 0), none).item_double());
    }

    @Test
    void theBestPathWithoutRepetitionsAndBlanks() {
        Tensor path = Tensors.longs(0, 1, 1, 0, 1, 2, 2, 2, 0, 0, 0, 0).reshape(2, 6);
        Tensor likely = torch.one_hot(path, 3).to(ScalarType.Float);
        assertArrayEquals(
                f(1, 1, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0),
                Tensors.values(Losses.ctc().decodes(likely)));
        assertArrayEquals(
                f(0, 1, 0, 1, 2, 2, 0, 2, 2, 2, 2, 2),
                Tensors.values(Losses.ctc().withBlank(2).decodes(likely)));
        assertArrayEquals(
                Tensors.values(torch.softmax(logits, 2)),
                Tensors.values(Losses.ctc().activation(logits)));
        assertFalse(Losses.ctc().classNumbers());
    }

    private static Wrong of(String message, Tensor labels, Tensor inputLengths, Tensor labelLengths) {
        return call(
                message, () -> Losses.ctc().of(Tensors.count(2, 4, 3), List.of(labels, inputLengths, labelLengths)));
    }

    /** Labels that are out of range would have libtorch read memory that is not its own. */
    static Stream<Wrong> errors() {
        dev.rondo.torch.Torch.start();
        Tensor labels = Tensors.longs(1, 2, 2, 0).reshape(2, 2),
                inputs = Tensors.longs(4, 3),
                lengths = Tensors.longs(2, 1);
        Tensor pred = Tensors.count(2, 4, 3);
        return Stream.of(
                call(
                        "ctc takes 3 targets (labels, input lengths, label lengths), but the batch has 1.",
                        () -> Losses.ctc().of(pred, List.of(labels))),
                call("ctc takes logits (N, frames, classes), not [2, 4].", () -> Losses.ctc()
                        .of(Tensors.count(2, 4), List.of(labels, inputs, lengths))),
                call("ctc takes logits of at least one frame, not [2, 0, 3].", () -> Losses.ctc()
                        .of(torch.zeros(2, 0, 3), List.of(labels, inputs, lengths))),
                call(
                        "ctc has the blank class 3, which logits [2, 4, 3] do not have.",
                        () -> Losses.ctc().withBlank(3).of(pred, List.of(labels, inputs, lengths))),
                call("The blank class of a CTC loss is 0 or more, not -1.", () -> Losses.ctc()
                        .withBlank(-1)),
                of("ctc takes labels of an integer type, not Float.", Tensors.count(2, 2), inputs, lengths),
                of("ctc takes labels (N, longest) for logits [2, 4, 3], not [4].", labels.flatten(), inputs, lengths),
                of("ctc takes input lengths (N), here [2], not [3].", labels, Tensors.longs(1, 2, 3), lengths),
                of("ctc takes label lengths of an integer type, not Float.", labels, inputs, Tensors.floats(2, 1)),
                of(
                        "ctc takes input lengths from 0 to 4, the number of frames, but there are others.",
                        labels,
                        Tensors.longs(5, 3),
                        lengths),
                of(
                        "ctc takes label lengths from 0 to 2, the number of labels, but there are others.",
                        labels,
                        inputs,
                        Tensors.longs(2, -1)),
                of(
                        "ctc takes labels from 0 to 2 without the blank class 0, but there are others.",
                        Tensors.longs(1, 3, 2, 0).reshape(2, 2),
                        inputs,
                        lengths),
                of(
                        "ctc takes labels from 0 to 2 without the blank class 0, but there are others.",
                        Tensors.longs(1, 0, 2, 0).reshape(2, 2),
                        inputs,
                        lengths));
    }

    @ParameterizedTest
    @MethodSource
    void errors(Wrong wrong) {
        wrong.assertSaid();
    }
}
