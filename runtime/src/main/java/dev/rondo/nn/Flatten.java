package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Flattens all dimensions but the first: (N, …) to (N, features).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html">torch.nn.Flatten</a>
 */
public final class Flatten extends Layer {
    @Override
    public Tensor forward(Tensor... inputs) {
        return output(inputs[0].flatten(1, -1));
    }
}
