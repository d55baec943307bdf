package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * max(x, 0) for each element.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>
 */
public final class ReLU extends OperatorLayer {
    @Override
    Tensor compute(Tensor... x) {
        return torch.relu(x[0]);
    }

    /** Computes the same in place. */
    Tensor overwrite(Tensor x) {
        try {
            torch.relu_(x);
        } catch (RuntimeException e) {
            throw named(e, x);
        }
        return output(x);
    }
}
