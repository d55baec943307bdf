package dev.rondo.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of logits. Logits and targets have the same shape; targets are from 0 (no) to 1 (yes). Targets of another type than
 * the logits are converted to floats.
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
        if (Double.isNaN(threshold)) throw wrong("has a threshold that is a number, not NaN");
        this.threshold = threshold;
        this.posWeight = posWeight;
    }

    /** Returns a copy with another threshold: the probability above which {@link #decodes} is true. By default 0.5. */
    public BinaryCrossEntropy withThreshold(double threshold) {
        return new BinaryCrossEntropy(reduction(), threshold, posWeight);
    }

    /**
     * Returns a copy with a weight of positive targets, PyTorch's {@code pos_weight}. Its shape must broadcast to that of the logits:
     * (classes), for example. By default 1.
     */
    public BinaryCrossEntropy withPosWeight(Tensor posWeight) {
        return new BinaryCrossEntropy(reduction(), threshold, finite("posWeight", posWeight));
    }

    @Override
    public BinaryCrossEntropy withReduction(Reduction reduction) {
        return new BinaryCrossEntropy(reduction, threshold, posWeight);
    }

    /** The sigmoid of each logit. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.sigmoid();
    }

    /** Whether each probability is above the threshold. */
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
        stillOpen(posWeight);
        long[] weight = posWeight.shape(), all = pred.shape();
        boolean fits = weight.length <= all.length;
        for (int i = 1; fits && i <= weight.length; i++) {
            long side = weight[weight.length - i];
            fits = side == 1 || side == all[all.length - i];
        }
        if (!fits) {
            throw wrong("has a posWeight " + shape(posWeight) + ", which does not broadcast to logits " + shape(pred));
        }
    }
}
