package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation over (N, H, W) of each channel of an (N, C, H, W) input. Training normalises with the batch's own mean and
 * variance and moves the running ones towards them by {@code momentum}; evaluation uses the running ones. Parameters: {@code weight} and
 * {@code bias} (C); buffers: {@code running_mean}, {@code running_var} (C).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 */
public final class BatchNorm2d extends Layer {
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final TensorOptional runningMean;
    private final TensorOptional runningVar;
    private final double eps;
    private final double momentum;

    /** With PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public BatchNorm2d(long channels) {
        this(channels, 1e-5, 0.1);
    }

    /**
     * @param channels C, the second dimension of the input
     * @param eps added to the variance
     * @param momentum the weight of a batch in the running values, 0 to 1
     */
    public BatchNorm2d(long channels, double eps, double momentum) {
        weight = optional(parameter("weight", torch.ones(channels), Parameter.Role.NORM));
        bias = optional(parameter("bias", torch.zeros(channels), Parameter.Role.NORM));
        runningMean = optional(buffer("running_mean", torch.zeros(channels)));
        runningVar = optional(buffer("running_var", torch.ones(channels)));
        this.eps = eps;
        this.momentum = momentum;
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return torch.batch_norm(inputs[0], weight, bias, runningMean, runningVar, training(), momentum, eps, true);
    }
}
