package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** The fraction of decisions about labels that are right, or wrong. */
final class LabelAccuracy extends SumMetric {
    private final double threshold;

    private final boolean right;

    /** @param right whether the value is the fraction of right decisions, or that of wrong ones */
    LabelAccuracy(boolean right, double threshold) {
        super(right ? "accuracy" : "hamming", right ? Direction.LARGER_IS_BETTER : Direction.SMALLER_IS_BETTER);
        this.right = right;
        this.threshold = threshold;
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Labels labels = Labels.of(name(), pred, y);
        Tensor wrong = labels.predicted(threshold).sub_(labels.actual()).abs_().sum();
        return vector(wrong, count(wrong, y.numel()), labels.outside());
    }

    @Override
    long size(long classes) {
        return 3;
    }

    @Override
    OptionalDouble value(double[] sums) {
        Labels.checkOutside(name(), sums[2]);
        double wrong = sums[0] / sums[1];
        return OptionalDouble.of(right ? 1 - wrong : wrong);
    }
}
