package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Hinge loss of several classes: Σ max(0, margin − score of the target class + score of another class)^p / classes, over the other classes.
 * Scores are (N, classes), targets are class numbers (N) of an integer type. A class number that is out of range fails on the CPU; on CUDA
 * it makes the device unusable for the process.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html">torch.nn.MultiMarginLoss</a>
 */
public final class MultiMargin extends ClassLoss {
    private final int power;
    private final double margin;

    MultiMargin() {
        this(Reduction.MEAN, null, 1, 1);
    }

    private MultiMargin(Reduction reduction, @Nullable Tensor weight, int power, double margin) {
        super("multiMargin", reduction, CLASSES, weight);
        if (power != 1 && power != 2) throw wrong("has a power of 1 or 2, not " + power);
        this.power = power;
        this.margin = Range.NOT_NEGATIVE.check("The margin of a multi-margin loss", margin);
    }

    /**
     * Returns a copy with another margin: by how much the score of the target class has to exceed the others. By default 1.
     *
     * @param margin 0 or more
     */
    public MultiMargin withMargin(double margin) {
        return new MultiMargin(reduction(), weight(), power, margin);
    }

    /**
     * Returns a copy with another power of what is missing, PyTorch's {@code p}. By default 1.
     *
     * @param power 1 or 2
     */
    public MultiMargin withPower(int power) {
        return new MultiMargin(reduction(), weight(), power, margin);
    }

    /** Returns a copy with a weight for each class: (classes). The mean is not divided by the weights. By default 1. */
    public MultiMargin withWeight(Tensor weight) {
        return new MultiMargin(reduction(), finite("weight", weight), power, margin);
    }

    @Override
    public MultiMargin withReduction(Reduction reduction) {
        return new MultiMargin(reduction, weight(), power, margin);
    }

    @Override
    String predictions() {
        return "scores";
    }

    /** The scores: they are no probabilities. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred;
    }

    @Override
    Tensor loss(Tensor scores, Tensor y) {
        if (scores.dim() != 2) throw wrong("takes scores (N, classes), not " + shape(scores));
        // libtorch's result for no samples is memory that is not set; and it has no 16-bit form.
        if (scores.size(0) == 0) return reduction().of(scores.sum(1));
        Tensor wide = wide(scores);
        return torch.multi_margin_loss(
                wide,
                y,
                new Scalar(power),
                new Scalar(margin),
                like(wide, weight()),
                reduction().ordinal());
    }

    @Override
    String options() {
        return "p=" + power + ", margin=" + margin + ", " + super.options();
    }
}
