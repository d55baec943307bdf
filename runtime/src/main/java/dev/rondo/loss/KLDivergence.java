package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Kullback–Leibler divergence of the predicted distribution from the target's: y·(log y − log p) for each element. Predictions are logs of
 * probabilities; targets are probabilities of the same shape. The divergence of a sample is the sum over its elements, so the mean of
 * samples is {@code withReduction(Reduction.BATCH_MEAN)}; the mean, PyTorch's default, is over the elements. Targets of another type than
 * the predictions are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html">torch.nn.KLDivLoss</a>
 */
public final class KLDivergence extends ElementLoss {
    private final boolean logTargets;

    KLDivergence() {
        this(Reduction.MEAN, false);
    }

    private KLDivergence(Reduction reduction, boolean logTargets) {
        super("klDivergence", reduction);
        this.logTargets = logTargets;
    }

    /** Returns a copy whose targets are logs of probabilities, PyTorch's {@code log_target=True}. */
    public KLDivergence withLogTargets() {
        return new KLDivergence(reduction(), true);
    }

    @Override
    public KLDivergence withReduction(Reduction reduction) {
        return new KLDivergence(reduction, logTargets);
    }

    /** The probabilities: e to the power of the predictions. */
    @Override
    public Tensor activation(Tensor pred) {
        return pred.exp();
    }

    @Override
    Tensor loss(Tensor logs, Tensor y) {
        return torch.kl_div(logs, y, reduction().ordinal(), logTargets);
    }

    @Override
    String options() {
        return (logTargets ? "logTargets, " : "") + super.options();
    }
}
