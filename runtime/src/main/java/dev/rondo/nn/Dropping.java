package dev.rondo.nn;

import dev.rondo.torch.Generators;
import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Dropout with the generators of this thread, which libtorch's dropout does not take. It makes the same calls as libtorch's, so that the
 * same seed gives the same numbers.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.10.0/aten/src/ATen/native/Dropout.cpp">libtorch's dropout</a>
 */
final class Dropping {
    private static final class Operators {
        static final Operator FUSED = Operator.of("aten::_fused_dropout", ""); // for CUDA only
    }

    private Dropping() {}

    /** Zeroes each element with probability p and multiplies the others by 1/(1−p), as in training. */
    static Tensor dropped(Tensor x, double p) {
        if (p == 0 || p == 1 || !Generators.areInUse() || x.numel() == 0) return torch.dropout(x, p, true);
        GeneratorOptional generator = Generators.current(x);
        return x.is_cuda() ? fused(x, p, generator) : masked(x, p, generator);
    }

    private static Tensor masked(Tensor x, double p, GeneratorOptional generator) {
        try (Tensor mask = torch.empty_like(x);
                Scalar kept = new Scalar(1 - p)) {
            mask.bernoulli_(1 - p, generator).div_(kept);
            return x.mul(mask);
        }
    }

    private static Tensor fused(Tensor x, double p, GeneratorOptional generator) {
        IValueVector result = Operators.FUSED.call(new IValue(x), new IValue(1 - p), new IValue(generator.get()));
        return new Tensor(result.get(0).toTensor());
    }
}
