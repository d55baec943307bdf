package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * max(x, 0) for each element.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>
 */
public final class ReLU extends Layer {
    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.relu(inputs[0]));
    }

    /** Computes the same in place. */
    Tensor overwrite(Tensor x) {
        return output(torch.relu_(x));
    }
}
