package dev.rondo.torch;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Random numbers for one place of a run. What {@link #at} gives is a pure function of a seed and of the numbers of the place, an epoch's
 * and a batch's for example: it depends on nothing that was drawn before, so that a run can be repeated, and resumed, without a generator
 * to save. Tensors lie on the CPU and belong to the native scope of the caller.
 */
public interface Draws {
    /** Shares from the distribution Beta(alpha, alpha), (n) of float32 from 0 to 1. */
    Tensor beta(double alpha, long n);

    /** The numbers from 0 to n−1 in another sequence, (n) of int64. */
    Tensor permutation(long n);

    /** A number from 0 to n−1. */
    long below(long n);

    /** The draws of a place; they belong to the native scope of the caller, and a sequence of calls gives the same every time. */
    static Draws at(long seed, long... place) {
        Torch.start();
        long mixed = seed;
        for (long number : place) {
            mixed = new SplittableRandom(mixed ^ number * 0x9E3779B97F4A7C15L)
                    .nextLong(); // neighbours must not be alike
        }
        return new Seeded(torch.make_generator_cpu(mixed));
    }

    /** Draws from a generator of their own. */
    final class Seeded implements Draws {
        private static final class Operators {
            static final Operator DIRICHLET = Operator.of("aten::_sample_dirichlet", "");
        }

        private final Generator generator;

        private Seeded(Generator generator) {
            this.generator = generator;
        }

        @Override
        public Tensor beta(double alpha, long n) {
            Tensor concentrations =
                    torch.full(new long[] {n, 2}, new Scalar(alpha), new TensorOptions(ScalarType.Double));
            IValueVector stack = new IValueVector(new IValue(concentrations), new IValue(generator));
            Operators.DIRICHLET.call(stack);
            return stack.get(0).toTensor().select(1, 0).to(ScalarType.Float);
        }

        @Override
        public Tensor permutation(long n) {
            return torch.randperm(n, new GeneratorOptional(generator), new TensorOptions(ScalarType.Long));
        }

        @Override
        public long below(long n) {
            return torch.randint(
                            n, new long[] {1}, new GeneratorOptional(generator), new TensorOptions(ScalarType.Long))
                    .item_long();
        }
    }
}
