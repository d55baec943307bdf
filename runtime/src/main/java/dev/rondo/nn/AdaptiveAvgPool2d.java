package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Average pooling to a given output size: (N, C, H, W) to (N, C, height, width).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public final class AdaptiveAvgPool2d extends Layer {
    private final long[] size;

    /** @param size height and width of the output; 1 averages over the whole channel */
    public AdaptiveAvgPool2d(long size) {
        this(size, size);
    }

    /**
     * Pools to a rectangular output.
     *
     * @param height height of the output
     * @param width width of the output
     */
    public AdaptiveAvgPool2d(long height, long width) {
        size = new long[] {height, width};
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.adaptive_avg_pool2d(inputs[0], size));
    }
}
