package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * 2-D convolution: (N, in, H, W) to (N, out, H', W'). Parameters: {@code weight} (out, in, kernel, kernel), {@code bias} (out).
 *
 * <p>The weight is in the channels-last memory format, and so are the outputs of this layer and of those after it. This format is faster on
 * CPUs and on GPUs with tensor cores. It changes neither shapes nor values.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html">torch.nn.Conv2d</a>
 */
public final class Conv2d extends Layer {
    private static final long[] NO_DILATION = {1, 1};

    private final Tensor weight;
    private final TensorOptional bias;
    private final long[] stride;
    private final long[] padding;

    /** A layer with a bias and stride 1. */
    public Conv2d(long in, long out, long kernel, long padding) {
        this(in, out, kernel, 1, padding);
    }

    /**
     * A layer with a bias.
     *
     * @param in channels of the input
     * @param out channels of the output
     * @param kernel height and width of the kernel
     * @param stride step of the kernel in both directions
     * @param padding zeros added on each side
     */
    public Conv2d(long in, long out, long kernel, long stride, long padding) {
        this(in, out, kernel, stride, padding, true);
    }

    /** A layer without a bias, as before batch normalization. Parameters as in {@link #Conv2d(long, long, long, long, long)}. */
    public static Conv2d withoutBias(long in, long out, long kernel, long stride, long padding) {
        return new Conv2d(in, out, kernel, stride, padding, false);
    }

    private Conv2d(long in, long out, long kernel, long stride, long padding, boolean bias) {
        long fanIn = in * kernel * kernel;
        weight = parameter(
                "weight",
                Init.uniform(fanIn, MemoryFormat.ChannelsLast, out, in, kernel, kernel),
                Parameter.Role.WEIGHT);
        this.bias = bias ? optional(parameter("bias", Init.uniform(fanIn, out), Parameter.Role.BIAS)) : none();
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return output(torch.conv2d(inputs[0], weight, bias, stride, padding, NO_DILATION, 1));
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
