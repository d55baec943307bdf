package dev.rondo.metric;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predictions and targets of several labels, of which each applies or not.
 *
 * @param logits (N, labels)
 * @param targets 0 or 1: (N, labels), of any type
 */
record Labels(Tensor logits, Tensor targets) {
    /**
     * Flattens all dimensions but the last.
     *
     * @param metric the name of the metric, for messages
     * @throws IllegalArgumentException if predictions and targets have different shapes, or no dimension of labels
     */
    static Labels of(String metric, Tensor pred, Tensor y) {
        if (pred.dim() < 2 || !Arrays.equals(pred.shape(), y.shape())) {
            throw new IllegalArgumentException(metric
                    + " takes logits and targets (N, labels), with a target of 0 or 1 for each logit, not "
                    + Arrays.toString(pred.shape()) + " and " + Arrays.toString(y.shape()) + ".");
        }
        long labels = pred.size(pred.dim() - 1);
        return new Labels(pred.reshape(-1, labels), y.reshape(-1, labels));
    }

    /** Whether the probability of each label is above the threshold: 1 or 0, float64. */
    Tensor predicted(double threshold) {
        Tensor wide = RankingMetric.wide(logits);
        return wide.sigmoid().gt(new Scalar(threshold)).to(ScalarType.Double);
    }

    /** Whether each label applies: 1 or 0, float64. */
    Tensor actual() {
        return positive().to(ScalarType.Double);
    }

    Tensor positive() {
        return targets.eq(new Scalar(1L));
    }

    /** The number of targets that are neither 0 nor 1: float64, on the device. */
    Tensor outside() {
        return targets.ne(new Scalar(0L))
                .logical_and_(targets.ne(new Scalar(1L)))
                .sum()
                .to(ScalarType.Double);
    }

    static void checkOutside(String metric, double outside) {
        if (outside != 0) {
            throw new IllegalArgumentException(metric + " takes targets of 0 or 1, and " + (long) outside
                    + (outside == 1 ? " is neither." : " are neither."));
        }
    }
}
