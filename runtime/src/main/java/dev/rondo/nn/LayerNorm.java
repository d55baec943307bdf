package dev.rondo.nn;

import java.util.Arrays;
import java.util.Objects;
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
public final class LayerNorm extends OperatorLayer {
    private final long[] shape;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final double eps;

    /**
     * A layer with PyTorch's default eps, 1e-5.
     *
     * @param shape the last dimensions of the input, at least one, each at least 0
     */
    public LayerNorm(long... shape) {
        this(1e-5, shape);
    }

    /**
     * A layer with another eps.
     *
     * @param eps number added to the variance, at least 0
     * @param shape the last dimensions of the input, at least one, each at least 0
     */
    public static LayerNorm withEps(double eps, long... shape) {
        return new LayerNorm(eps, shape);
    }

    private LayerNorm(double eps, long[] shape) {
        Objects.requireNonNull(shape, "The shape of LayerNorm is null.");
        if (shape.length == 0) throw new IllegalArgumentException("LayerNorm needs the last dimensions of its input.");
        for (long size : shape) Checks.atLeast(0, size, "size of a dimension of LayerNorm");
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The eps of LayerNorm is at least 0 and finite, not " + eps + ".");
        }
        this.eps = eps;
        this.shape = shape.clone();
        weight = optional(parameter("weight", Init.filled(1, shape), Parameter.Role.NORM));
        bias = optional(parameter("bias", Init.filled(0, shape), Parameter.Role.NORM));
    }

    @Override
    Tensor compute(Tensor... x) {
        return torch.layer_norm(x[0], shape, weight, bias, eps, true);
    }

    @Override
    String sizes() {
        return " " + Arrays.toString(shape);
    }
}
