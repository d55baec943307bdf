package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The losses that come with Rondo, with fastai's defaults. Each is the mean over the batch unless it says otherwise. */
public final class Losses {
    private Losses() {}

    /** Cross entropy of logits (N, classes, …) against class numbers (N, …). */
    public static CrossEntropy crossEntropy() {
        return new CrossEntropy();
    }

    /** Cross entropy that asks for a tenth of all classes, {@code labelSmoothing(0.1)}. */
    public static LabelSmoothing labelSmoothing() {
        return labelSmoothing(.1);
    }

    /**
     * Cross entropy that also asks for a little of every class.
     *
     * @param eps how much of the loss that is, 0 to 1
     */
    public static LabelSmoothing labelSmoothing(double eps) {
        return new LabelSmoothing(eps);
    }

    /** Cross entropy that counts less what is known well, {@code focal(2)}. */
    public static Focal focal() {
        return focal(2);
    }

    /**
     * Cross entropy that counts less what is known well.
     *
     * @param gamma how much less, at least 0; 0 is cross entropy
     */
    public static Focal focal(double gamma) {
        return new Focal(gamma);
    }

    /** Cross entropy of logits against answers from 0 to 1, each by itself. */
    public static BinaryCrossEntropy bceWithLogits() {
        return new BinaryCrossEntropy();
    }

    /** How little areas overlap, summed over items and classes, for segmentation. */
    public static Dice dice() {
        return new Dice();
    }

    /**
     * Mean squared error of two tensors of the same shape. Targets of another type than the prediction become floats, as in fastai. Other
     * shapes are an error: broadcasting (N, 1) against (N) would compare everything with everything.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
     */
    public static ReducedLoss mse() {
        return new SquaredError(Reduction.MEAN);
    }

    /**
     * Mean absolute error of two tensors of the same shape. Targets of another type than the prediction become floats, as in fastai.
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
