package dev.rondo.loss;

import dev.rondo.check.Range;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy of logits (N, classes, …) with the probabilities of the classes as targets: −Σ y·log p. Targets have the shape of the logits
 * and sum to 1 over the classes, which is not checked. The mean is over N and the further dimensions; it is not divided by the weights.
 * Targets of another type than the logits are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
 */
public final class SoftCrossEntropy extends ClassAxisLoss {
    private final double smoothing;

    SoftCrossEntropy() {
        this(Reduction.MEAN, CLASSES, null, 0);
    }

    private SoftCrossEntropy(Reduction reduction, int axis, @Nullable Tensor weight, double smoothing) {
        super("softCrossEntropy", reduction, axis, weight);
        this.smoothing = Range.FRACTION.check("The label smoothing of a cross entropy", smoothing);
    }

    /** Returns a copy with a weight for each class: (classes). By default 1. */
    public SoftCrossEntropy withWeight(Tensor weight) {
        return new SoftCrossEntropy(reduction(), axis(), finite("weight", weight), smoothing);
    }

    /**
     * Returns a copy with label smoothing: the targets are y·(1 − eps) + eps/classes. By default 0.
     *
     * @param eps 0 to 1
     */
    public SoftCrossEntropy withLabelSmoothing(double eps) {
        return new SoftCrossEntropy(reduction(), axis(), weight(), eps);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public SoftCrossEntropy withAxis(int axis) {
        return new SoftCrossEntropy(reduction(), axis, weight(), smoothing);
    }

    @Override
    public SoftCrossEntropy withReduction(Reduction reduction) {
        return new SoftCrossEntropy(reduction, axis(), weight(), smoothing);
    }

    @Override
    Tensor compute(Tensor pred, List<Tensor> yb) {
        Tensor logits = classesSecond(pred), y = yb.get(0);
        if (!Arrays.equals(pred.shape(), y.shape())) {
            throw wrongShapes("takes a probability for each logit", pred, y);
        }
        checkWeight(logits.size(CLASSES));
        Tensor likely = classesSecond(floats(pred, y));
        Tensor same = logits.to(type(likely));
        return torch.cross_entropy_loss(
                same, likely, like(same, weight()), reduction().ordinal(), NOTHING_IGNORED, smoothing);
    }

    @Override
    String options() {
        return super.options() + (smoothing == 0 ? "" : "labelSmoothing=" + smoothing + ", ");
    }
}
