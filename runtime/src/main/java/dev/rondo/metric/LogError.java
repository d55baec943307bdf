package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The mean of (log(1 + prediction) − log(1 + target))². */
final class LogError extends SumMetric {
    LogError() {
        super("msle", Direction.SMALLER_IS_BETTER);
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Differences d = Differences.of(name(), pred, y);
        Tensor sum = d.pred().log1p().sub_(d.y().log1p()).square_().sum();
        return vector(sum, count(sum, y.numel()), outside(d.pred()).add_(outside(d.y())));
    }

    private static Tensor outside(Tensor values) {
        return values.le(new Scalar(-1.0)).sum().to(ScalarType.Double);
    }

    @Override
    long size(long classes) {
        return 3;
    }

    @Override
    OptionalDouble value(double[] sums) {
        if (sums[2] != 0) {
            throw new IllegalArgumentException(name() + " takes predictions and targets above -1, and " + (long) sums[2]
                    + (sums[2] == 1 ? " is not." : " are not."));
        }
        return OptionalDouble.of(sums[0] / sums[1]);
    }
}
