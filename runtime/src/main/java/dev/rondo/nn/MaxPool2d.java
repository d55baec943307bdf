package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Max pooling over square windows that do not overlap: (N, C, H, W) to (N, C, ⌊H/k⌋, ⌊W/k⌋).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html">torch.nn.MaxPool2d</a>
 */
public final class MaxPool2d extends Layer {
    private final long[] window;

    /** @param kernel height, width and stride of the window */
    public MaxPool2d(long kernel) {
        window = new long[] {kernel, kernel};
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.max_pool2d(inputs[0], window));
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
