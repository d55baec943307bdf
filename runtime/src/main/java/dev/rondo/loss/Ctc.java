package dev.rondo.loss;

import dev.rondo.check.Range;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Connectionist temporal classification: −log of the probability of a sequence of labels, over all its alignments with the frames of an
 * input, such as speech or a line of writing. Frames without a label have the blank class.
 *
 * <p>Logits are (N, frames, classes); a log-softmax over the classes is part of the loss, and does not change logs of probabilities. A batch
 * has three targets of an integer type: the labels (N, longest), padded at the end with any number; the lengths (N) of the inputs, 0 to
 * frames; the lengths (N) of the labels, 0 to longest. With {@link Reduction#MEAN}, the loss of each sample is divided by the length of its
 * labels, as in PyTorch. Labels that have no alignment, because the input is too short, have an infinite loss.
 *
 * <p>Waits for the device, because libtorch reads the lengths on the host.
 *
 * @see <a href="https://www.cs.toronto.edu/~graves/icml_2006.pdf">Graves et al. 2006</a>
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html">torch.nn.CTCLoss</a>
 */
public final class Ctc extends ReducedLoss {
    private static final int CLASSES = 2;

    private final long blank;
    private final boolean finite;

    Ctc() {
        this(Reduction.MEAN, 0, false);
    }

    private Ctc(Reduction reduction, long blank, boolean finite) {
        super("ctc", reduction, List.of("labels", "input lengths", "label lengths"));
        this.blank = Range.NOT_NEGATIVE.check("The blank class of a CTC loss", blank);
        this.finite = finite;
    }

    /** Returns a copy with another class number of the blank, 0 or more. By default 0. */
    public Ctc withBlank(long classNumber) {
        return new Ctc(reduction(), classNumber, finite);
    }

    /** Returns a copy in which infinite losses and their gradients are 0, PyTorch's {@code zero_infinity=True}. */
    public Ctc withZeroInfinity() {
        return new Ctc(reduction(), blank, true);
    }

    @Override
    public Ctc withReduction(Reduction reduction) {
        return new Ctc(reduction, blank, finite);
    }

    /** Softmax over the classes. */
    @Override
    public Tensor activation(Tensor pred) {
        checkShape(pred);
        if (!pred.is_floating_point()) throw wrong("takes logits of a float type, not " + type(pred));
        return torch.softmax(pred, CLASSES);
    }

    /**
     * The labels of the best path: the most likely class of each frame, without repetitions and blanks; (N, frames), padded at the end with
     * the blank. Frames after the length of an input count too, because lengths are targets.
     */
    @Override
    public Tensor decodes(Tensor activated) {
        checkShape(activated);
        Tensor path = activated.argmax(new LongOptional(CLASSES), false);
        Tensor unlikeFirst = path.narrow(1, 0, 1).sub(new Scalar(1));
        Tensor changes = path.diff(1, 1, new TensorOptional(unlikeFirst), new TensorOptional());
        Scalar none = new Scalar(blank);
        Tensor left = changes.eq(new Scalar(0)).logical_or(path.eq(none));
        Tensor keptFirst = left.to(ScalarType.Byte).argsort(true, 1, false);
        return path.masked_fill(left, none).gather(1, keptFirst);
    }

    @Override
    Tensor compute(Tensor pred, List<Tensor> yb) {
        checkShape(pred);
        Tensor labels = longs("labels", yb.get(0));
        long n = pred.size(0);
        if (labels.dim() != 2 || labels.size(0) != n) {
            throw wrong("takes labels (N, longest) for logits " + shape(pred) + ", not " + shape(labels));
        }
        Tensor inputLengths = lengths("input lengths", yb.get(1), n, pred.size(1), "frames");
        Tensor labelLengths = lengths("label lengths", yb.get(2), n, labels.size(1), "labels");
        checkLabels(labels.cpu(), labelLengths, pred.size(CLASSES));
        if (n == 0)
            return reduction().of(pred.sum(new long[] {1, 2}, false, new ScalarTypeOptional())); // libtorch refuses it
        Tensor logs = torch.log_softmax(wide(pred), CLASSES).transpose(0, 1);
        return torch.ctc_loss(
                logs,
                labels.to(pred.device(), ScalarType.Long),
                inputLengths,
                labelLengths,
                blank,
                reduction().ordinal(),
                finite);
    }

    private void checkShape(Tensor pred) {
        if (pred.dim() != 3) throw wrong("takes logits (N, frames, classes), not " + shape(pred));
        if (pred.size(1) == 0) throw wrong("takes logits of at least one frame, not " + shape(pred));
        if (pred.size(CLASSES) <= blank) {
            throw wrong("has the blank class " + blank + ", which logits " + shape(pred) + " do not have");
        }
    }

    private Tensor lengths(String what, Tensor given, long n, long most, String of) {
        Tensor lengths = longs(what, given).cpu();
        if (!Arrays.equals(lengths.shape(), new long[] {n})) {
            throw wrong("takes " + what + " (N), here [" + n + "], not " + shape(lengths));
        }
        if (outside(lengths, most).any().item_bool()) {
            throw wrong("takes " + what + " from 0 to " + most + ", the number of " + of + ", but there are others");
        }
        return lengths;
    }

    /** A label that is out of range would have libtorch read memory that is not its own. */
    private void checkLabels(Tensor labels, Tensor lengths, long classes) {
        Tensor places = torch.arange(new Scalar(labels.size(1))).unsqueeze(0);
        Tensor wrong = outside(labels, classes - 1).logical_or(labels.eq(new Scalar(blank)));
        if (wrong.logical_and(places.lt(lengths.unsqueeze(1))).any().item_bool()) {
            throw wrong("takes labels from 0 to " + (classes - 1) + " without the blank class " + blank
                    + ", but there are others");
        }
    }

    private static Tensor outside(Tensor numbers, long most) {
        return numbers.lt(new Scalar(0)).logical_or(numbers.gt(new Scalar(most)));
    }

    @Override
    String options() {
        return "blank=" + blank + ", " + (finite ? "zeroInfinity, " : "") + super.options();
    }
}
