package dev.rondo.loss;

import dev.rondo.torch.TensorText;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of logits (N, labels), averaged over the labels of each sample; unreduced it is (N). Targets of the same shape are
 * from 0 (no) to 1 (yes). Targets of another type than the logits are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MultiLabelSoftMarginLoss.html">torch.nn.MultiLabelSoftMarginLoss</a>
 */
public final class MultiLabelSoftMargin extends BinaryLoss {
    private final @Nullable Tensor weight;

    MultiLabelSoftMargin() {
        this(Reduction.MEAN, HALF, null);
    }

    private MultiLabelSoftMargin(Reduction reduction, double threshold, @Nullable Tensor weight) {
        super("multiLabelSoftMargin", reduction, threshold);
        this.weight = weight;
    }

    /** Returns a copy with another threshold: the probability above which {@link #decodes} is true. By default 0.5. */
    public MultiLabelSoftMargin withThreshold(double threshold) {
        return new MultiLabelSoftMargin(reduction(), threshold, weight);
    }

    /**
     * Returns a copy with a weight for each label, whose shape must broadcast to that of the logits: (labels), for example. The mean is not
     * divided by the weights. By default 1.
     */
    public MultiLabelSoftMargin withWeight(Tensor weight) {
        return new MultiLabelSoftMargin(reduction(), threshold(), finite("weight", weight));
    }

    @Override
    public MultiLabelSoftMargin withReduction(Reduction reduction) {
        return new MultiLabelSoftMargin(reduction, threshold(), weight);
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        if (pred.dim() < 2) throw wrong("takes logits (N, labels), not " + shape(pred));
        checkBroadcasts("weight", weight, pred);
        Tensor elements = torch.binary_cross_entropy_with_logits(
                pred, y, like(pred, weight), new TensorOptional(), Reduction.NONE.ordinal());
        return reduction().of(elements.mean(new long[] {-1}, false, new ScalarTypeOptional()));
    }

    @Override
    String options() {
        return super.options() + (weight == null ? "" : "weight=" + TensorText.of(weight) + ", ");
    }
}
