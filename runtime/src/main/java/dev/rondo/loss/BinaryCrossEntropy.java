package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy of logits against answers from 0, no, to 1, yes, each by itself; both of one shape. Answers of another type than the
 * logits become floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
 * @see <a href="https://docs.fast.ai/losses.html#bcewithlogitslossflat">fastai, BCEWithLogitsLossFlat</a>
 */
public final class BinaryCrossEntropy extends ElementLoss {
    private final double threshold;
    private final @Nullable Tensor posWeight;

    BinaryCrossEntropy() {
        this(Reduction.MEAN, .5, null);
    }

    private BinaryCrossEntropy(Reduction reduction, double threshold, @Nullable Tensor posWeight) {
        super("bceWithLogits", reduction);
        if (Double.isNaN(threshold)) throw wrong("has a number as its threshold, not NaN");
        this.threshold = threshold;
        this.posWeight = posWeight;
    }

    /** The probability above which the decision is yes. By default 0.5. */
    public BinaryCrossEntropy withThreshold(double threshold) {
        return new BinaryCrossEntropy(reduction(), threshold, posWeight);
    }

    /** A factor for the answer yes, of a shape that broadcasts to that of the logits: (classes), for example. By default 1. */
    public BinaryCrossEntropy withPosWeight(Tensor posWeight) {
        return new BinaryCrossEntropy(reduction(), threshold, posWeight);
    }

    @Override
    public BinaryCrossEntropy withReduction(Reduction reduction) {
        return new BinaryCrossEntropy(reduction, threshold, posWeight);
    }

    /** The logistic function of each logit. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.sigmoid();
    }

    /** Whether each is above the threshold. */
    @Override
    public Tensor decodes(Tensor activated) {
        return activated.gt(new Scalar(threshold));
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        checkWeight(pred);
        return torch.binary_cross_entropy_with_logits(
                pred,
                y,
                new TensorOptional(),
                like(pred, posWeight),
                reduction().ordinal());
    }

    private void checkWeight(Tensor pred) {
        if (posWeight == null) return;
        long[] weight = posWeight.shape(), all = pred.shape();
        boolean fits = weight.length <= all.length;
        for (int i = 1; fits && i <= weight.length; i++) {
            long side = weight[weight.length - i];
            fits = side == 1 || side == all[all.length - i];
        }
        if (!fits) {
            throw wrong("has a positive weight " + shape(posWeight) + ", which does not broadcast to logits "
                    + shape(pred));
        }
    }
}
