package dev.rondo.loss;

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
    /** PyTorch's default. */
    private static final long IGNORED = -100;

    private final long ignored;

    CrossEntropy() {
        this(Reduction.MEAN, CLASSES, null, IGNORED);
    }

    private CrossEntropy(Reduction reduction, int axis, @Nullable Tensor weight, long ignored) {
        super("crossEntropy", reduction, axis, weight);
        this.ignored = ignored;
    }

    /** Returns a copy with a weight for each class: (classes). By default 1. */
    public CrossEntropy withWeight(Tensor weight) {
        return new CrossEntropy(reduction(), axis(), finite("weight", weight), ignored);
    }

    /**
     * Returns a copy with another ignored class number, PyTorch's {@code ignore_index}. Targets with this number have a loss of 0 and do
     * not count in the mean. By default −100.
     */
    public CrossEntropy withIgnoreIndex(long classNumber) {
        return new CrossEntropy(reduction(), axis(), weight(), classNumber);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public CrossEntropy withAxis(int axis) {
        return new CrossEntropy(reduction(), axis, weight(), ignored);
    }

    @Override
    public CrossEntropy withReduction(Reduction reduction) {
        return new CrossEntropy(reduction, axis(), weight(), ignored);
    }

    @Override
    Tensor loss(Tensor logits, Tensor y) {
        return torch.cross_entropy_loss(
                logits, y, like(logits, weight()), reduction().ordinal(), ignored, 0);
    }

    @Override
    String options() {
        return super.options() + (ignored == IGNORED ? "" : "ignoreIndex=" + ignored + ", ");
    }
}
