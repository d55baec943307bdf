package dev.rondo.metric;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What classifiers have said, flattened. Predictions are either logits of the classes in their last dimension, with a class number for
 * each of the others; or, where they have as many elements as the targets, logits of class 1 against class 0.
 *
 * @param logits (N, classes), or (N) for single logits
 * @param actual class numbers (N), int64
 * @param classes how many there are
 */
record Decisions(Tensor logits, Tensor actual, int classes) {
    /**
     * @param metric its name, for the error
     * @throws IllegalArgumentException if targets and predictions are of different numbers
     */
    static Decisions of(String metric, Tensor pred, Tensor y) {
        if (pred.numel() != y.numel()) return ofClasses(metric, pred, y);
        return new Decisions(pred.flatten(), y.flatten().to(ScalarType.Long), 2);
    }

    /** Whether predictions can only be single logits: (N) or (…, 1). */
    static boolean single(Tensor pred) {
        return pred.dim() < 2 || pred.size(pred.dim() - 1) == 1;
    }

    /** The same, where single logits cannot be meant. */
    static Decisions ofClasses(String metric, Tensor pred, Tensor y) {
        long classes = pred.dim() == 0 ? 1 : pred.size(pred.dim() - 1);
        if (pred.numel() != classes * y.numel()) {
            throw new IllegalArgumentException(metric + " takes a class number for each prediction, but there are "
                    + Arrays.toString(pred.shape()) + " logits, the last dimension being the classes, and "
                    + Arrays.toString(y.shape()) + " class numbers.");
        }
        return new Decisions(pred.reshape(-1, classes), y.flatten().to(ScalarType.Long), (int) classes);
    }

    /** The classes decided for, (N), int64. */
    Tensor predicted() {
        return logits.dim() == 1
                ? logits.gt(new Scalar(0.0)).to(ScalarType.Long)
                : logits.argmax(new LongOptional(1), false);
    }

    /** Whether a target is none of the class numbers, (N). */
    Tensor outside() {
        return actual.lt(new Scalar(0L)).logical_or_(actual.ge(new Scalar((long) classes)));
    }
}
