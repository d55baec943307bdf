package dev.rondo.metric;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Flattened predictions and targets of a regression, in float64.
 *
 * @param pred (N)
 * @param y (N)
 */
record Differences(Tensor pred, Tensor y) {
    /**
     * @param metric the name of the metric, for messages
     * @throws IllegalArgumentException if the numbers or the shapes of predictions and targets differ
     */
    static Differences of(String metric, Tensor pred, Tensor y) {
        if (!Targets.match(pred, y)) {
            throw new IllegalArgumentException(metric + " takes a target for each prediction, but the predictions are "
                    + Arrays.toString(pred.shape()) + " and the targets " + Arrays.toString(y.shape()) + ".");
        }
        return new Differences(pred.flatten().to(ScalarType.Double), y.flatten().to(ScalarType.Double));
    }

    /** pred − y */
    Tensor tensor() {
        return pred.sub(y);
    }
}
