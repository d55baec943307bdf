package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** The largest absolute difference of prediction and target. */
final class MaxError extends SumMetric {
    MaxError() {
        super("max_error", Direction.SMALLER_IS_BETTER);
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        return Differences.of(name(), pred, y).tensor().abs().max().unsqueeze(0);
    }

    /** Here the larger of both takes the place of the sum. */
    @Override
    void add(Tensor total, Tensor batch) {
        total.copy_(total.maximum(batch));
    }

    @Override
    long size(long classes) {
        return 1;
    }

    @Override
    OptionalDouble value(double[] largest) {
        return OptionalDouble.of(largest[0]);
    }
}
