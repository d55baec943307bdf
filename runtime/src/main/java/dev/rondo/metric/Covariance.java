package dev.rondo.metric;

import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A function of the variances and the covariance of two values of each element. */
abstract class Covariance extends SumMetric {
    private final Origin first = new Origin();
    private final Origin second = new Origin();

    private Covariance(String name) {
        super(name, Direction.LARGER_IS_BETTER);
    }

    /** 1 − the variance of the error / the variance of the target; if that is 0, 1 if the error is always the same, else 0. */
    static Covariance explained() {
        return new Covariance("explained_variance") {
            @Override
            Tensor second(Differences d) {
                return d.tensor();
            }

            @Override
            OptionalDouble value(double targets, double errors, double both) {
                boolean undefined = targets == 0 && errors >= 0;
                return OptionalDouble.of(undefined ? errors == 0 ? 1 : 0 : 1 - errors / targets);
            }
        };
    }

    /** The correlation; empty if it is undefined. */
    static Covariance pearson() {
        return new Covariance("pearson") {
            @Override
            Tensor second(Differences d) {
                return d.pred();
            }

            @Override
            OptionalDouble value(double targets, double predictions, double both) {
                return correlation(targets, predictions, both);
            }
        };
    }

    /** The correlation of two values from their sums of squares and products around the means; empty if one of them is constant. */
    static OptionalDouble correlation(double first, double second, double both) {
        if (first == 0 || second == 0) return OptionalDouble.empty();
        return OptionalDouble.of(Math.max(-1, Math.min(1, both / Math.sqrt(first * second))));
    }

    /** The second value; the first is the target. */
    abstract Tensor second(Differences d);

    /** Computes the value from the sums of squares and of products around the means. */
    abstract OptionalDouble value(double first, double second, double both);

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Differences d = Differences.of(name(), pred, y);
        Tensor a = first.around(d.y()), b = second.around(second(d)), sum = a.sum();
        return vector(sum, b.sum(), a.square().sum(), b.square().sum(), a.mul(b).sum(), count(sum, y.numel()));
    }

    @Override
    Map<String, Origin> origins() {
        return Map.of("first", first, "second", second);
    }

    @Override
    long size(long classes) {
        return 6;
    }

    @Override
    OptionalDouble value(double[] sums) {
        double n = sums[5], a = sums[0], b = sums[1];
        return value(sums[2] - a * a / n, sums[3] - b * b / n, sums[4] - a * b / n);
    }
}
