package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy of logits (N, classes, …) against class numbers (N, …) of an integer type. Reduced to its mean, the losses are divided by
 * the sum of their classes' weights. A class number that there is not is an error on the CPU and ends the process's use of a GPU.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
 * @see <a href="https://docs.fast.ai/losses.html#crossentropylossflat">fastai, CrossEntropyLossFlat</a>
 */
public final class CrossEntropy extends ClassLoss {
    private final long ignored;

    CrossEntropy() {
        this(Reduction.MEAN, CLASSES, null, -100);
    }

    private CrossEntropy(Reduction reduction, int axis, @Nullable Tensor weight, long ignored) {
        super("crossEntropy", reduction, axis, weight);
        this.ignored = ignored;
    }

    /** A factor for each class: (classes). By default 1. */
    public CrossEntropy withWeight(Tensor weight) {
        return new CrossEntropy(reduction(), axis(), weight, ignored);
    }

    /** The class number of what is left out: its loss is 0, and it does not count in the mean. By default −100. */
    public CrossEntropy withIgnoreIndex(long classNumber) {
        return new CrossEntropy(reduction(), axis(), weight(), classNumber);
    }

    /** The dimension of the logits that counts the classes; a negative one counts from the end. By default 1. */
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
}
