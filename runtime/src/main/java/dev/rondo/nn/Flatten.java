package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Flattens all dimensions but the first: (N, …) to (N, features).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html">torch.nn.Flatten</a>
 */
public final class Flatten extends OperatorLayer {
    @Override
    Tensor compute(Tensor... x) {
        return x[0].flatten(1, -1);
    }
}
