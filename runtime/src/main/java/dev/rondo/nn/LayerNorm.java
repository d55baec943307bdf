package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Layer normalization: normalizes each sample over its last dimensions, then scales and shifts it. Training and evaluation are the same.
 * Parameters: {@code weight} and {@code bias}, of the shape of those dimensions.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html">torch.nn.LayerNorm</a>
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016</a>
 */
public final class LayerNorm extends Layer {
    private static final double EPS = 1e-5;

    private final long[] shape;
    private final TensorOptional weight;
    private final TensorOptional bias;

    /**
     * A layer with PyTorch's default eps, 1e-5.
     *
     * @param shape the last dimensions of the input, at least one
     */
    public LayerNorm(long... shape) {
        if (shape.length == 0) throw new IllegalArgumentException("LayerNorm needs the last dimensions of its input.");
        this.shape = shape.clone();
        weight = optional(parameter("weight", torch.ones(this.shape), Parameter.Role.NORM));
        bias = optional(parameter("bias", torch.zeros(this.shape), Parameter.Role.NORM));
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.layer_norm(inputs[0], shape, weight, bias, EPS, true));
    }
}
