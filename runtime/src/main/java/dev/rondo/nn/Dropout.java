package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * In training, zeroes each element with probability p and multiplies the others by 1/(1−p). In evaluation, returns the input. In a
 * learner's run the elements are drawn from the learner's generator, so that they do not depend on other threads; see {@link
 * dev.rondo.torch.Generators}.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html">torch.nn.Dropout</a>
 */
public final class Dropout extends OperatorLayer {
    private final double p;

    /** @param p probability of zeroing an element, 0 to 1 */
    public Dropout(double p) {
        this.p = Checks.probability(p);
    }

    @Override
    Tensor compute(Tensor... x) {
        return training() ? Dropping.dropped(x[0], p) : torch.dropout(x[0], p, false);
    }

    @Override
    String sizes() {
        return " " + p;
    }
}
