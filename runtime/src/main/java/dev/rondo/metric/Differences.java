package dev.rondo.metric;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predictions and targets of a regression, flattened, in float64.
 *
 * @param pred (N)
 * @param y (N)
 */
record Differences(Tensor pred, Tensor y) {
    /**
     * @param metric its name, for the error
     * @throws IllegalArgumentException if there are more of one than of the other
     */
    static Differences of(String metric, Tensor pred, Tensor y) {
        if (pred.numel() != y.numel()) {
            throw new IllegalArgumentException(metric + " takes a target for each prediction, but there are "
                    + Arrays.toString(pred.shape()) + " predictions and " + Arrays.toString(y.shape()) + " targets.");
        }
        return new Differences(pred.flatten().to(ScalarType.Double), y.flatten().to(ScalarType.Double));
    }

    /** pred − y */
    Tensor tensor() {
        return pred.sub(y);
    }
}
