package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Zeroes each element with a probability while training and scales the others up by 1/(1−p); the identity in evaluation. Draws from the
 * default generator of the input's device.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html">torch.nn.Dropout</a>
 */
public final class Dropout extends Layer {
    private final double p;

    /** @param p the probability of zeroing, 0 to 1 */
    public Dropout(double p) {
        if (!(p >= 0 && p <= 1))
            throw new IllegalArgumentException("A dropout probability lies in 0 to 1, but is " + p + ".");
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.dropout(inputs[0], p, training()));
    }
}
