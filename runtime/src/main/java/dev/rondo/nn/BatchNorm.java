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
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
public abstract class BatchNorm extends Layer {
    private final Tensor scale;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final Tensor mean;
    private final Tensor variance;
    private final TensorOptional runningMean;
    private final TensorOptional runningVar;
    private final double eps;
    private double momentum;

    /**
     * @param channels C, the size of dimension 1 of the input
     * @param eps number added to the variance
     * @param momentum weight of the batch in the running statistics, 0 to 1
     */
    BatchNorm(long channels, double eps, double momentum) {
        scale = parameter("weight", torch.ones(channels), Parameter.Role.NORM);
        weight = optional(scale);
        bias = optional(parameter("bias", torch.zeros(channels), Parameter.Role.NORM));
        mean = buffer("running_mean", torch.zeros(channels));
        variance = buffer("running_var", torch.ones(channels));
        runningMean = optional(mean);
        runningVar = optional(variance);
        this.eps = eps;
        this.momentum = momentum;
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(
                torch.batch_norm(inputs[0], weight, bias, runningMean, runningVar, training(), momentum, eps, true));
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
