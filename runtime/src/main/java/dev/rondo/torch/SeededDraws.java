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

/** Draws from a generator of their own. */
final class SeededDraws implements Draws {
    private static final class Operators {
        static final Operator GAMMA = Operator.of("aten::_standard_gamma", "");
    }

    /** The reciprocal of a smaller shape would be infinite; the shares are 0 or 1 by then. */
    private static final double LEAST_ALPHA = 1e-300;

    private final Generator generator;

    SeededDraws(Generator generator) {
        this.generator = generator;
    }

    /**
     * G₁/(G₁ + G₂) of two gamma variates, each made from one of a shape that is larger by 1 as G(α) = G(α+1)·U^(1/α). In logarithms: for
     * a small alpha the variates themselves are too small for any type, and libtorch's Dirichlet gives halves.
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
                gammas.get(0).toTensor().log().add(uniform.neg().log1p().div(new Scalar(Math.max(alpha, LEAST_ALPHA))));
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
}
