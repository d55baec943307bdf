package dev.rondo.nn;

import dev.rondo.torch.NoGrad;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Base of the batch normalization layers. Normalizes each channel (dimension 1 of the input) over all other dimensions. In training it uses
 * the mean and variance of the batch and updates the running statistics; in evaluation it uses the running statistics. Parameters: {@code
 * weight} and {@code bias} (C). Buffers: {@code running_mean} and {@code running_var} (C).
 *
 * <p>A batch with one value per channel has no variance: training refuses it. Leave out a last batch of one sample with the loader's {@code
 * dropLast(true)}.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
public abstract class BatchNorm extends OperatorLayer {
    private final Tensor scale;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final Tensor mean;
    private final Tensor variance;
    private final TensorOptional runningMean;
    private final TensorOptional runningVar;
    private final long channels;
    private final double eps;
    private double momentum;

    /**
     * @param channels C, the size of dimension 1 of the input, at least 1
     * @param eps number added to the variance, above 0
     * @param momentum weight of the batch in the running statistics, 0 to 1
     */
    BatchNorm(long channels, double eps, double momentum) {
        this.channels = Checks.atLeast(
                1, channels, "number of channels of " + getClass().getSimpleName());
        if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The eps of " + getClass().getSimpleName() + " is above 0 and finite, not " + eps + ".");
        }
        setMomentum(momentum);
        scale = parameter("weight", Init.filled(1, channels), Parameter.Role.NORM);
        weight = optional(scale);
        bias = optional(parameter("bias", Init.filled(0, channels), Parameter.Role.NORM));
        mean = buffer("running_mean", Init.filled(0, channels));
        variance = buffer("running_var", Init.filled(1, channels));
        runningMean = optional(mean);
        runningVar = optional(variance);
        this.eps = eps;
    }

    @Override
    Tensor compute(Tensor... x) {
        check(x[0]);
        return torch.batch_norm(x[0], weight, bias, runningMean, runningVar, training(), momentum, eps, true);
    }

    /** What PyTorch checks in Python. Without it, the variance of a single value would turn the running variance into NaN. */
    private void check(Tensor x) {
        if (!takes(x.dim())) throw refused("the input is " + shapes(), x);
        if (training() && x.numel() == x.size(1)) {
            throw refused(
                    "training needs more than one value per channel",
                    x,
                    ": leave out a last batch of one sample with the loader's dropLast(true), or use another batch size");
        }
    }

    /** Whether the input may have this number of dimensions. */
    abstract boolean takes(long dimensions);

    /** The shapes that the input may have, for messages. */
    abstract String shapes();

    @Override
    String sizes() {
        return " " + channels;
    }

    /** Whether the layer's scale requires gradients; false if the layer is frozen. */
    public final boolean trained() {
        return scale.requires_grad();
    }

    /** The weight of a batch in the running statistics. */
    public final double momentum() {
        return momentum;
    }

    /** Sets the weight of a batch in the running statistics, 0 to 1. With 1/n for the n-th batch they are plain averages. */
    public final void setMomentum(double momentum) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "The momentum of " + getClass().getSimpleName() + " is between 0 and 1, not " + momentum + ".");
        }
        this.momentum = momentum;
    }

    /** Sets the running mean to 0 and the running variance to 1, as in a new layer. */
    public final void resetRunningStatistics() {
        try (NoGrad off = NoGrad.enter();
                Scalar one = new Scalar(1.0)) {
            mean.zero_();
            variance.fill_(one);
        }
    }
}
