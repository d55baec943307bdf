package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Affine transformation of the last dimension: (…, in) to (…, out), {@code y = x·Wᵀ + b}. Parameters: {@code weight} (out, in), {@code
 * bias} (out).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>
 */
public final class Linear extends OperatorLayer {
    private final Tensor weight;
    private final TensorOptional bias;
    private final String sizes;

    /**
     * A layer with a bias.
     *
     * @param in size of the last dimension of the input, at least 0
     * @param out size of the last dimension of the output, at least 0
     */
    public Linear(long in, long out) {
        this(in, out, true);
    }

    /** A layer without a bias. */
    public static Linear withoutBias(long in, long out) {
        return new Linear(in, out, false);
    }

    private Linear(long in, long out, boolean bias) {
        Checks.atLeast(0, in, "number of input features of Linear");
        Checks.atLeast(0, out, "number of output features of Linear");
        sizes = " " + in + "→" + out + (bias ? "" : ", no bias");
        weight = parameter("weight", Init.uniform(in, out, in), Parameter.Role.WEIGHT);
        this.bias = bias ? optional(parameter("bias", Init.uniform(in, out), Parameter.Role.BIAS)) : none();
    }

    @Override
    Tensor compute(Tensor... x) {
        return torch.linear(x[0], weight, bias);
    }

    @Override
    String sizes() {
        return sizes;
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
