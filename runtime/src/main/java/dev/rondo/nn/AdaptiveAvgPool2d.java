package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Average pooling to a given output size: (N, C, H, W) to (N, C, height, width), or without N.
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
        // What PyTorch checks in Python: for an output of 1, libtorch would average other inputs too.
        if (x[0].dim() < 3) throw refused("the input is (N, C, H, W) or (C, H, W)", x[0]);
        return torch.adaptive_avg_pool2d(x[0], size);
    }

    @Override
    String sizes() {
        return " " + size[0] + "×" + size[1];
    }
}
