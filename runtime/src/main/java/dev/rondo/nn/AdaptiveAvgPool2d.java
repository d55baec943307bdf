package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Average pooling to a given output size: (N, C, H, W) to (N, C, height, width).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public final class AdaptiveAvgPool2d extends OperatorLayer {
    private final long[] size;

    /** @param size height and width of the output; 1 averages over the whole channel */
    public AdaptiveAvgPool2d(long size) {
        this(size, size);
    }

    /**
     * Pools to a rectangular output.
     *
     * @param height height of the output, at least 0
     * @param width width of the output, at least 0
     */
    public AdaptiveAvgPool2d(long height, long width) {
        size = new long[] {
            Checks.atLeast(0, height, "height of the output of AdaptiveAvgPool2d"),
            Checks.atLeast(0, width, "width of the output of AdaptiveAvgPool2d")
        };
    }

    @Override
    Tensor compute(Tensor... x) {
        return torch.adaptive_avg_pool2d(x[0], size);
    }

    @Override
    String sizes() {
        return " " + size[0] + "×" + size[1];
    }
}
