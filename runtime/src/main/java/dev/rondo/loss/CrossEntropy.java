package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy of logits (N, classes, …) with class numbers (N, …) of an integer type as targets. With {@link Reduction#MEAN}, the sum of
 * the losses is divided by the sum of the class weights. A class number that is out of range fails on the CPU; on CUDA it makes the device
 * unusable for the process.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
 * @see <a href="https://docs.fast.ai/losses.html#crossentropylossflat">fastai, CrossEntropyLossFlat</a>
 */
public final class CrossEntropy extends ClassLoss {
    private final long ignored;
    private final double smoothing;

    CrossEntropy() {
        this(Reduction.MEAN, CLASSES, null, NOTHING_IGNORED, 0);
    }

    private CrossEntropy(Reduction reduction, int axis, @Nullable Tensor weight, long ignored, double smoothing) {
        super("crossEntropy", reduction, axis, weight);
        this.ignored = ignored;
        this.smoothing = Range.FRACTION.check("The label smoothing of a cross entropy", smoothing);
    }

    /** Returns a copy with a weight for each class: (classes). By default 1. */
    public CrossEntropy withWeight(Tensor weight) {
        return new CrossEntropy(reduction(), axis(), finite("weight", weight), ignored, smoothing);
    }

    /**
     * Returns a copy with another ignored class number, PyTorch's {@code ignore_index}. Targets with this number have a loss of 0 and do
     * not count in the mean. By default −100.
     */
    public CrossEntropy withIgnoreIndex(long classNumber) {
        return new CrossEntropy(reduction(), axis(), weight(), classNumber, smoothing);
    }

    /**
     * Returns a copy with label smoothing: a target is 1 − eps of its class and eps of all classes alike, itself among them. Class weights
     * apply to both parts; in {@link LabelSmoothing}, which is fastai's, they apply to the first only. By default 0.
     *
     * @param eps 0 to 1
     */
    public CrossEntropy withLabelSmoothing(double eps) {
        return new CrossEntropy(reduction(), axis(), weight(), ignored, eps);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public CrossEntropy withAxis(int axis) {
        return new CrossEntropy(reduction(), axis, weight(), ignored, smoothing);
    }

    @Override
    public CrossEntropy withReduction(Reduction reduction) {
        return new CrossEntropy(reduction, axis(), weight(), ignored, smoothing);
    }

    @Override
    Tensor loss(Tensor logits, Tensor y) {
        return torch.cross_entropy_loss(
                logits, y, like(logits, weight()), reduction().ordinal(), ignored, smoothing);
    }

    @Override
    String options() {
        return super.options()
                + (ignored == NOTHING_IGNORED ? "" : "ignoreIndex=" + ignored + ", ")
                + (smoothing == 0 ? "" : "labelSmoothing=" + smoothing + ", ");
    }
}
