package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Negative log likelihood of counts with a Poisson distribution: rate − y·log rate. Predictions are the logs of the rates; targets are counts
 * of the same shape, 0 or more. Targets of another type than the predictions are converted to floats.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html">torch.nn.PoissonNLLLoss</a>
 */
public final class PoissonNll extends ElementLoss {
    private static final double EPS = 1e-8;

    private final boolean logs;
    private final boolean full;
    private final double eps;

    PoissonNll() {
        this(Reduction.MEAN, true, false, EPS);
    }

    private PoissonNll(Reduction reduction, boolean logs, boolean full, double eps) {
        super("poissonNll", reduction);
        this.logs = logs;
        this.full = full;
        this.eps = Range.NOT_NEGATIVE.check("The eps of a Poisson loss", eps);
    }

    /**
     * Returns a copy whose predictions are rates, PyTorch's {@code log_input=False}; the logarithm is that of rate + eps. By default
     * predictions are logs of rates.
     */
    public PoissonNll withRates() {
        return new PoissonNll(reduction(), false, full, eps);
    }

    /**
     * Returns a copy with another number that is added to {@linkplain #withRates rates} before their logarithm. By default 1e-8.
     *
     * @param eps 0 or more
     */
    public PoissonNll withEps(double eps) {
        return new PoissonNll(reduction(), logs, full, eps);
    }

    /**
     * Returns a copy that adds Stirling's approximation of log y!, for targets above 1; PyTorch's {@code full=True}. It does not change the
     * gradient.
     */
    public PoissonNll withStirling() {
        return new PoissonNll(reduction(), logs, true, eps);
    }

    @Override
    public PoissonNll withReduction(Reduction reduction) {
        return new PoissonNll(reduction, logs, full, eps);
    }

    /** The rates. */
    @Override
    public Tensor activation(Tensor pred) {
        return logs ? pred.exp() : pred;
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        return torch.poisson_nll_loss(pred, y, logs, full, eps, reduction().ordinal());
    }

    @Override
    String options() {
        return (logs ? "" : "not of logs, ") + (full ? "full, " : "") + "eps=" + eps + ", " + super.options();
    }
}
