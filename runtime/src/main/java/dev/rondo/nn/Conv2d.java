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
public final class Conv2d extends OperatorLayer {
    private static final long[] NO_DILATION = {1, 1};

    private final Tensor weight;
    private final TensorOptional bias;
    private final long[] stride;
    private final long[] padding;
    private final String sizes;

    /** A layer with a bias and stride 1. */
    public Conv2d(long in, long out, long kernel, long padding) {
        this(in, out, kernel, 1, padding);
    }

    /**
     * A layer with a bias.
     *
     * @param in channels of the input, at least 0
     * @param out channels of the output, at least 1
     * @param kernel height and width of the kernel, at least 1
     * @param stride step of the kernel in both directions, at least 1
     * @param padding zeros added on each side, at least 0
     * @throws IllegalArgumentException if an argument is smaller
     */
    public Conv2d(long in, long out, long kernel, long stride, long padding) {
        this(in, out, kernel, stride, padding, true);
    }

    /** A layer without a bias, as before batch normalization. Parameters as in {@link #Conv2d(long, long, long, long, long)}. */
    public static Conv2d withoutBias(long in, long out, long kernel, long stride, long padding) {
        return new Conv2d(in, out, kernel, stride, padding, false);
    }

    private Conv2d(long in, long out, long kernel, long stride, long padding, boolean bias) {
        Checks.atLeast(0, in, "number of input channels of Conv2d");
        Checks.atLeast(1, out, "number of output channels of Conv2d");
        Checks.atLeast(1, kernel, "kernel of Conv2d");
        Checks.atLeast(1, stride, "stride of Conv2d");
        Checks.atLeast(0, padding, "padding of Conv2d");
        sizes = " " + in + "→" + out + ", kernel " + kernel + (stride == 1 ? "" : ", stride " + stride)
                + (padding == 0 ? "" : ", padding " + padding) + (bias ? "" : ", no bias");
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
    Tensor compute(Tensor... x) {
        return torch.conv2d(x[0], weight, bias, stride, padding, NO_DILATION, 1);
    }

    @Override
    String sizes() {
        return sizes;
    }

    @Override
    boolean yieldsOutput() {
        return true;
    }
}
