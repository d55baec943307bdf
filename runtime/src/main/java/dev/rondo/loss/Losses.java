package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The loss functions of Rondo, with fastai's defaults. The reduction is the mean unless stated otherwise. */
public final class Losses {
    private Losses() {}

    /** Cross entropy of logits (N, classes, …) with class numbers (N, …) as targets. */
    public static CrossEntropy crossEntropy() {
        return new CrossEntropy();
    }

    /** Cross entropy with label smoothing of 0.1. */
    public static LabelSmoothing labelSmoothing() {
        return labelSmoothing(.1);
    }

    /**
     * Cross entropy with label smoothing.
     *
     * @param eps the weight of the uniform distribution, 0 to 1
     */
    public static LabelSmoothing labelSmoothing(double eps) {
        return new LabelSmoothing(eps);
    }

    /** Focal loss with a gamma of 2. */
    public static Focal focal() {
        return focal(2);
    }

    /**
     * Focal loss.
     *
     * @param gamma how much less well-classified samples count, at least 0; 0 gives cross entropy
     */
    public static Focal focal(double gamma) {
        return new Focal(gamma);
    }

    /** Binary cross entropy of logits with targets from 0 to 1. */
    public static BinaryCrossEntropy bceWithLogits() {
        return new BinaryCrossEntropy();
    }

    /** Dice loss for segmentation, summed over items and classes. */
    public static Dice dice() {
        return new Dice();
    }

    /**
     * Mean squared error of two tensors of the same shape. Targets of another type than the prediction are converted to floats, as in
     * fastai. Other shapes are an error, because (N, 1) and (N) would be broadcast to (N, N).
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
     */
    public static ReducedLoss mse() {
        return new SquaredError(Reduction.MEAN);
    }

    /**
     * Mean absolute error of two tensors of the same shape. Targets of another type than the prediction are converted to floats, as in
     * fastai.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html">torch.nn.L1Loss</a>
     */
    public static ReducedLoss l1() {
        return new AbsoluteError(Reduction.MEAN);
    }

    private static final class SquaredError extends ElementLoss {
        SquaredError(Reduction reduction) {
            super("mse", reduction);
        }

        @Override
        public SquaredError withReduction(Reduction reduction) {
            return new SquaredError(reduction);
        }

        @Override
        Tensor loss(Tensor pred, Tensor y) {
            return torch.mse_loss(pred, y, reduction().ordinal());
        }
    }

    private static final class AbsoluteError extends ElementLoss {
        AbsoluteError(Reduction reduction) {
            super("l1", reduction);
        }

        @Override
        public AbsoluteError withReduction(Reduction reduction) {
            return new AbsoluteError(reduction);
        }

        @Override
        Tensor loss(Tensor pred, Tensor y) {
            return torch.l1_loss(pred, y, reduction().ordinal());
        }
    }
}
