package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Averages over windows that are as large as the output's size asks for: (N, C, H, W) to (N, C, height, width).
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public final class AdaptiveAvgPool2d extends Layer {
    private final long[] size;

    /** @param side height and width of the output; 1 averages each channel as a whole */
    public AdaptiveAvgPool2d(long side) {
        this(side, side);
    }

    /** A height and a width of the output. */
    public AdaptiveAvgPool2d(long height, long width) {
        size = new long[] {height, width};
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.adaptive_avg_pool2d(inputs[0], size));
    }
}
