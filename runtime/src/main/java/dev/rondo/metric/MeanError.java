package dev.rondo.metric;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** The mean over all elements of a function of prediction − target. */
final class MeanError extends SumMetric {
    private final UnaryOperator<Tensor> of;
    private final DoubleUnaryOperator finish;

    /**
     * @param of the function of the differences
     * @param finish computes the value from the mean
     */
    MeanError(String name, UnaryOperator<Tensor> of, DoubleUnaryOperator finish) {
        super(name, Direction.SMALLER_IS_BETTER);
        this.of = of;
        this.finish = finish;
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Tensor sum = of.apply(Differences.of(name(), pred, y).tensor()).sum();
        return vector(sum, count(sum, y.numel()));
    }

    @Override
    OptionalDouble value(double[] sums) {
        return OptionalDouble.of(finish.applyAsDouble(sums[0] / sums[1]));
    }
}
