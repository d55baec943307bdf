package dev.rondo.torch;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Random numbers of a generator. */
final class SeededDraws implements Draws {
    private static final class Operators {
        static final Operator GAMMA = Operator.of("aten::_standard_gamma", "");
    }

    /** The reciprocal of a smaller alpha would be infinite. Samples are 0 or 1 for much larger ones. */
    private static final double MIN_ALPHA = 1e-300;

    private final Generator generator;

    SeededDraws(Generator generator) {
        this.generator = generator;
    }

    /**
     * G₁/(G₁ + G₂) of two gamma variates, where each is computed as G(α) = G(α+1)·U^(1/α). This is done in logarithms, because for a small
     * alpha no float type can hold the variates, and libtorch's Dirichlet returns 1/2.
     *
     * @see <a href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang 2000</a>, section 6
     */
    @Override
    public Tensor beta(double alpha, long n) {
        TensorOptions float64 = new TensorOptions(ScalarType.Double);
        IValueVector gammas = Operators.GAMMA.call(
                new IValue(torch.full(new long[] {2, n}, new Scalar(alpha + 1), float64)), new IValue(generator));
        Tensor uniform = torch.rand(new long[] {2, n}, new GeneratorOptional(generator), float64);
        Tensor logs =
                gammas.get(0).toTensor().log().add(uniform.neg().log1p().div(new Scalar(Math.max(alpha, MIN_ALPHA))));
        return logs.select(0, 0).sub(logs.select(0, 1)).sigmoid().to(ScalarType.Float);
    }

    @Override
    public Tensor permutation(long n) {
        return torch.randperm(n, new GeneratorOptional(generator), new TensorOptions(ScalarType.Long));
    }

    @Override
    public Tensor uniform(long n) {
        return torch.rand(new long[] {n}, new GeneratorOptional(generator), new TensorOptions(ScalarType.Double));
    }

    @Override
    public long below(long n) {
        return torch.randint(n, new long[] {1}, new GeneratorOptional(generator), new TensorOptions(ScalarType.Long))
                .item_long();
    }

    @Override
    public String toString() {
        return "Draws";
    }
}
