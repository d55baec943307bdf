package dev.rondo.nn;

import dev.rondo.torch.Generators;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.TorchException;
import java.util.Arrays;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Creates the initial tensors of layers: float32, on the CPU. Random tensors follow PyTorch's defaults for linear and convolution layers.
 * They draw in the same order as PyTorch from the CPU generator of this thread: the default generator, or that of a {@link
 * Generators#seedHere} scope.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>; PyTorch sets a = √5, so that the bound is 1/√fan_in
 */
final class Init {
    private Init() {}

    /** Samples uniformly from −1/√fanIn to 1/√fanIn. Without inputs the values are 0, as in PyTorch. */
    static Tensor uniform(long fanIn, long... shape) {
        double bound = fanIn == 0 ? 0 : 1 / Math.sqrt(fanIn);
        Tensor t = empty(MemoryFormat.Contiguous, shape);
        try (NoGrad off = NoGrad.enter()) {
            t.uniform_(-bound, bound, Generators.current(t));
        }
        return t;
    }

    /** Samples from the standard normal distribution. */
    static Tensor normal(long... shape) {
        Tensor t = empty(MemoryFormat.Contiguous, shape);
        try (NoGrad off = NoGrad.enter()) {
            t.normal_(0, 1, Generators.current(t));
        }
        return t;
    }

    /** The same value everywhere. */
    static Tensor filled(double value, long... shape) {
        Tensor t = empty(MemoryFormat.Contiguous, shape);
        try (Scalar v = new Scalar(value)) {
            return t.fill_(v);
        }
    }

    /** Sets a row of a matrix to 0. */
    static void zero(Tensor matrix, long row) {
        try (NoGrad off = NoGrad.enter();
                Tensor view = matrix.select(0, row)) {
            view.zero_();
        }
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
        } catch (RuntimeException e) {
            throw TorchException.at(() -> "for a parameter of shape " + Arrays.toString(shape), e);
        }
    }
}
