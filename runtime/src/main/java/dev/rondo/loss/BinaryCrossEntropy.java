package dev.rondo.loss;

import dev.rondo.torch.TensorText;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of logits. Logits and targets have the same shape; targets are from 0 (no) to 1 (yes). Targets of another type than
 * the logits are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
 * @see <a href="https://docs.fast.ai/losses.html#bcewithlogitslossflat">fastai, BCEWithLogitsLossFlat</a>
 */
public final class BinaryCrossEntropy extends BinaryLoss {
    private final @Nullable Tensor weight;
    private final @Nullable Tensor posWeight;

    BinaryCrossEntropy() {
        this(Reduction.MEAN, HALF, null, null);
    }

    private BinaryCrossEntropy(
            Reduction reduction, double threshold, @Nullable Tensor weight, @Nullable Tensor posWeight) {
        super("bceWithLogits", reduction, threshold);
        this.weight = weight;
        this.posWeight = posWeight;
    }

    /** Returns a copy with another threshold: the probability above which {@link #decodes} is true. By default 0.5. */
    public BinaryCrossEntropy withThreshold(double threshold) {
        return new BinaryCrossEntropy(reduction(), threshold, weight, posWeight);
    }

    /**
     * Returns a copy with a weight of each element. Its shape must broadcast to that of the logits: (classes), for example. The mean is not
     * divided by the weights. By default 1.
     */
    public BinaryCrossEntropy withWeight(Tensor weight) {
        return new BinaryCrossEntropy(reduction(), threshold(), finite("weight", weight), posWeight);
    }

    /**
     * Returns a copy with a weight of positive targets, PyTorch's {@code pos_weight}. Its shape must broadcast to that of the logits:
     * (classes), for example. By default 1.
     */
    public BinaryCrossEntropy withPosWeight(Tensor posWeight) {
        return new BinaryCrossEntropy(reduction(), threshold(), weight, finite("posWeight", posWeight));
    }

    @Override
    public BinaryCrossEntropy withReduction(Reduction reduction) {
        return new BinaryCrossEntropy(reduction, threshold(), weight, posWeight);
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        checkBroadcasts("weight", weight, pred);
        checkBroadcasts("posWeight", posWeight, pred);
        return torch.binary_cross_entropy_with_logits(
                pred, y, like(pred, weight), like(pred, posWeight), reduction().ordinal());
    }

    @Override
    String options() {
        return super.options()
                + (weight == null ? "" : "weight=" + TensorText.of(weight) + ", ")
                + (posWeight == null ? "" : "posWeight=" + TensorText.of(posWeight) + ", ");
    }
}
