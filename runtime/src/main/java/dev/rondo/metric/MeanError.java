package dev.rondo.metric;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** The mean over all elements of a function of prediction and target. */
final class MeanError extends SumMetric {
    private final Function<Differences, Tensor> of;
    private final DoubleUnaryOperator finish;

    /**
     * @param of computes the error of each element
     * @param finish computes the value from the mean
     */
    MeanError(String name, Function<Differences, Tensor> of, DoubleUnaryOperator finish) {
        super(name, Direction.SMALLER_IS_BETTER);
        this.of = of;
        this.finish = finish;
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Tensor sum = of.apply(Differences.of(name(), pred, y)).sum();
        return vector(sum, count(sum, y.numel()));
    }

    @Override
    long size(long classes) {
        return 2;
    }

    @Override
    OptionalDouble value(double[] sums) {
        return OptionalDouble.of(finish.applyAsDouble(sums[0] / sums[1]));
    }
}
