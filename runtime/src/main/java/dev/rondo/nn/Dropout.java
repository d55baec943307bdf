package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * In training, zeroes each element with probability p and multiplies the others by 1/(1−p). In evaluation, returns the input. Uses the
 * default generator of the input's device.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html">torch.nn.Dropout</a>
 */
public final class Dropout extends Layer {
    private final double p;

    /** @param p probability of zeroing an element, 0 to 1 */
    public Dropout(double p) {
        if (!(p >= 0 && p <= 1))
            throw new IllegalArgumentException("A dropout probability is between 0 and 1, not " + p + ".");
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.dropout(inputs[0], p, training()));
    }
}
