package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Negative log likelihood: −log p of the target class, for models that end in a log-softmax. Predictions are logs of probabilities (N,
 * classes, …), targets are class numbers (N, …) of an integer type. With {@link Reduction#MEAN}, the sum of the losses is divided by the sum
 * of the class weights. A class number that is out of range fails on the CPU; on CUDA it makes the device unusable for the process.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</a>
 */
public final class NegativeLogLikelihood extends ClassLoss {
    private final long ignored;

    NegativeLogLikelihood() {
        this(Reduction.MEAN, CLASSES, null, NOTHING_IGNORED);
    }

    private NegativeLogLikelihood(Reduction reduction, int axis, @Nullable Tensor weight, long ignored) {
        super("nll", reduction, axis, weight);
        this.ignored = ignored;
    }

    /** Returns a copy with a weight for each class: (classes). By default 1. */
    public NegativeLogLikelihood withWeight(Tensor weight) {
        return new NegativeLogLikelihood(reduction(), axis(), finite("weight", weight), ignored);
    }

    /**
     * Returns a copy with another ignored class number, PyTorch's {@code ignore_index}. Targets with this number have a loss of 0 and do
     * not count in the mean. By default −100.
     */
    public NegativeLogLikelihood withIgnoreIndex(long classNumber) {
        return new NegativeLogLikelihood(reduction(), axis(), weight(), classNumber);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public NegativeLogLikelihood withAxis(int axis) {
        return new NegativeLogLikelihood(reduction(), axis, weight(), ignored);
    }

    @Override
    public NegativeLogLikelihood withReduction(Reduction reduction) {
        return new NegativeLogLikelihood(reduction, axis(), weight(), ignored);
    }

    @Override
    String predictions() {
        return "logs of probabilities";
    }

    /** The probabilities of the classes: e to the power of the predictions. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.exp();
    }

    @Override
    Tensor loss(Tensor logs, Tensor y) {
        return torch.nll_loss_nd(logs, y, like(logs, weight()), reduction().ordinal(), ignored);
    }

    @Override
    String options() {
        return super.options() + (ignored == NOTHING_IGNORED ? "" : "ignoreIndex=" + ignored + ", ");
    }
}
