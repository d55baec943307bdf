package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * An affine map of the last dimension: (…, in) to (…, out), {@code y = x·Wᵀ + b}. Parameters: {@code weight} (out, in), {@code bias}
 * (out).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>
 */
public final class Linear extends Layer {
    private final Tensor weight;
    private final TensorOptional bias;

    /** With a bias. */
    public Linear(long in, long out) {
        this(in, out, true);
    }

    /**
     * @param in last dimension of the input
     * @param out last dimension of the output
     * @param bias whether there is one
     */
    public Linear(long in, long out, boolean bias) {
        weight = parameter("weight", Init.uniform(in, out, in), Parameter.Role.WEIGHT);
        this.bias = bias ? optional(parameter("bias", Init.uniform(in, out), Parameter.Role.BIAS)) : none();
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.linear(inputs[0], weight, bias));
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
