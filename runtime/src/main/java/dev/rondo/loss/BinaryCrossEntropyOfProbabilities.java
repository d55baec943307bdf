package dev.rondo.loss;

import dev.rondo.torch.TensorText;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of probabilities, for models that end in a sigmoid. Predictions and targets have the same shape and are from 0 to 1;
 * the logarithms are −100 or more. {@link BinaryCrossEntropy} takes logits, and is more exact. A prediction that is out of range, or NaN,
 * fails on the CPU; on CUDA it makes the device unusable for the process. CUDA's autocast forbids this loss.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>
 */
public final class BinaryCrossEntropyOfProbabilities extends BinaryLoss {
    private final @Nullable Tensor weight;

    BinaryCrossEntropyOfProbabilities() {
        this(Reduction.MEAN, HALF, null);
    }

    private BinaryCrossEntropyOfProbabilities(Reduction reduction, double threshold, @Nullable Tensor weight) {
        super("bce", reduction, threshold);
        this.weight = weight;
    }

    /** Returns a copy with another threshold: the probability above which {@link #decodes} is true. By default 0.5. */
    public BinaryCrossEntropyOfProbabilities withThreshold(double threshold) {
        return new BinaryCrossEntropyOfProbabilities(reduction(), threshold, weight);
    }

    /**
     * Returns a copy with a weight of each element. Its shape must broadcast to that of the predictions: (classes), for example. The mean is
     * not divided by the weights. By default 1.
     */
    public BinaryCrossEntropyOfProbabilities withWeight(Tensor weight) {
        return new BinaryCrossEntropyOfProbabilities(reduction(), threshold(), finite("weight", weight));
    }

    @Override
    public BinaryCrossEntropyOfProbabilities withReduction(Reduction reduction) {
        return new BinaryCrossEntropyOfProbabilities(reduction, threshold(), weight);
    }

    /** The predictions, which are probabilities. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred;
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        checkBroadcasts("weight", weight, pred);
        try {
            return torch.binary_cross_entropy(
                    pred, y, like(pred, weight), reduction().ordinal());
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            if (said.contains("should be between 0 and 1")) {
                throw wrong("compares probabilities from 0 to 1, but there are others; for logits take bceWithLogits");
            }
            if (said.contains("unsafe to autocast")) {
                throw wrong(
                        "is not possible under autocast on CUDA; take bceWithLogits, and the model without its sigmoid");
            }
            throw e;
        }
    }

    @Override
    String options() {
        return super.options() + (weight == null ? "" : "weight=" + TensorText.of(weight) + ", ");
    }
}
