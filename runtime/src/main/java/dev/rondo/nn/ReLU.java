package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The larger of each element and 0.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>
 */
public final class ReLU extends Layer {
    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.relu(inputs[0]));
    }

    /** The same, into the input's memory. */
    Tensor overwrite(Tensor x) {
        return output(torch.relu_(x));
    }
}
