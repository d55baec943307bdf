package dev.rondo.nn;

import dev.rondo.torch.NoGrad;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Creates the initial tensors of layers: float32, on the CPU. Random tensors follow PyTorch's defaults for linear and convolution layers.
 * They use the default generator in the same order as PyTorch; {@link dev.rondo.torch.Torch#seed} seeds it.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>; PyTorch sets a = √5, so that the bound is 1/√fan_in
 */
final class Init {
    private Init() {}

    /** Samples uniformly from −1/√fanIn to 1/√fanIn. */
    static Tensor uniform(long fanIn, long... shape) {
        double bound = 1 / Math.sqrt(fanIn);
        Tensor t = empty(MemoryFormat.Contiguous, shape);
        try (NoGrad off = NoGrad.enter();
                GeneratorOptional generator = new GeneratorOptional()) {
            t.uniform_(-bound, bound, generator);
        }
        return t;
    }

    /** Samples from the standard normal distribution. */
    static Tensor normal(long... shape) {
        Tensor t = empty(MemoryFormat.Contiguous, shape);
        try (NoGrad off = NoGrad.enter();
                GeneratorOptional generator = new GeneratorOptional()) {
            t.normal_(0, 1, generator);
        }
        return t;
    }

    /**
     * Samples as {@link #uniform(long, long...)} and copies the values to another memory format. Sampling directly in that format would
     * give other values than PyTorch's.
     */
    static Tensor uniform(long fanIn, MemoryFormat format, long... shape) {
        try (NoGrad off = NoGrad.enter();
                Tensor drawn = uniform(fanIn, shape)) {
            return empty(format, shape).copy_(drawn);
        }
    }

    private static Tensor empty(MemoryFormat format, long... shape) {
        try (TensorOptions options = new TensorOptions(torch.ScalarType.Float);
                MemoryFormatOptional layout = new MemoryFormatOptional(format)) {
            return torch.empty(shape, options, layout);
        }
    }
}
