package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Max pooling over square windows.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html">torch.nn.MaxPool2d</a>
 */
public final class MaxPool2d extends OperatorLayer {
    private static final long[] NO_DILATION = {1, 1};

    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;

    /**
     * A layer whose windows do not overlap: (N, C, H, W) to (N, C, ⌊H/k⌋, ⌊W/k⌋).
     *
     * @param kernel height, width and stride of the window, at least 1
     */
    public MaxPool2d(long kernel) {
        this(kernel, kernel, 0);
    }

    /**
     * A layer with a stride and padding: (N, C, H, W) to (N, C, H', W') with H' = ⌊(H + 2·padding − kernel)/stride⌋ + 1.
     *
     * @param kernel height and width of the window, at least 1
     * @param stride step of the window in both directions, at least 1
     * @param padding elements added on each side, which are never the maximum; 0 to half of the kernel
     */
    public MaxPool2d(long kernel, long stride, long padding) {
        Checks.atLeast(1, kernel, "kernel of MaxPool2d");
        Checks.atLeast(1, stride, "stride of MaxPool2d");
        Checks.atLeast(0, padding, "padding of MaxPool2d");
        if (padding > kernel / 2) {
            throw new IllegalArgumentException(
                    "The padding of MaxPool2d is at most half of the kernel, " + kernel / 2 + ", not " + padding + ".");
        }
        this.kernel = new long[] {kernel, kernel};
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    @Override
    Tensor compute(Tensor... x) {
        return torch.max_pool2d(x[0], kernel, stride, padding, NO_DILATION, false);
    }

    @Override
    String sizes() {
        return " " + kernel[0] + (stride[0] == kernel[0] ? "" : ", stride " + stride[0])
                + (padding[0] == 0 ? "" : ", padding " + padding[0]);
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
