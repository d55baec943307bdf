package dev.rondo.metric;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Flattened predictions and targets of a classifier. Either the last dimension of the predictions has the logits of the classes, and there
 * is a class number for each of the others; or there are as many predictions as targets, and each is the logit of class 1 against class 0.
 *
 * @param logits (N, classes), or (N) for single logits
 * @param targets class numbers (N), of any type
 * @param classes number of classes
 */
record Decisions(Tensor logits, Tensor targets, int classes) {
    /**
     * Flattens predictions, which may be single logits.
     *
     * @param metric the name of the metric, for messages
     * @throws IllegalArgumentException if the numbers of predictions and targets do not fit
     */
    static Decisions of(String metric, Tensor pred, Tensor y) {
        if (!Targets.match(pred, y)) return ofClasses(metric, pred, y);
        return new Decisions(pred.flatten(), y.flatten(), 2);
    }

    /** Whether the shape of the predictions, (N) or (…, 1), allows only single logits. */
    static boolean single(Tensor pred) {
        return pred.dim() < 2 || pred.size(pred.dim() - 1) == 1;
    }

    /** Flattens predictions that are not single logits. */
    static Decisions ofClasses(String metric, Tensor pred, Tensor y) {
        long classes = pred.dim() == 0 ? 1 : pred.size(pred.dim() - 1);
        if (classes == 0) {
            throw new IllegalArgumentException(
                    metric + " takes logits of at least one class, not " + Arrays.toString(pred.shape()) + ".");
        }
        if (pred.numel() != classes * y.numel()) {
            throw new IllegalArgumentException(metric + " takes a class number for each prediction, but the logits are "
                    + Arrays.toString(pred.shape())
                    + ", whose last dimension is that of the classes, and the class numbers "
                    + Arrays.toString(y.shape()) + ".");
        }
        return new Decisions(pred.reshape(-1, classes), y.flatten(), (int) classes);
    }

    /** Decisions of areas: logits (N, classes, …), or (N, 1, …) for single logits, and class numbers (N, …). */
    static Decisions ofAreas(String metric, Tensor pred, Tensor y) {
        if (pred.dim() < 2 || !Arrays.equals(pred.select(1, 0).shape(), y.shape())) {
            throw new IllegalArgumentException(metric
                    + " takes logits (N, classes, …) and class numbers (N, …), not "
                    + Arrays.toString(pred.shape()) + " and " + Arrays.toString(y.shape()) + ".");
        }
        return of(metric, pred.movedim(1, -1), y);
    }

    /** The probabilities of the classes: (N, classes), float64. */
    Tensor probabilities() {
        Tensor wide = logits.to(ScalarType.Double);
        if (logits.dim() == 2) return wide.softmax(1);
        return torch.stack(new TensorVector(wide.neg().sigmoid(), wide.sigmoid()), 1);
    }

    /** The predicted classes: (N), int64. */
    Tensor predicted() {
        return logits.dim() == 1
                ? logits.gt(new Scalar(0.0)).to(ScalarType.Long)
                : logits.argmax(new LongOptional(1), false);
    }

    /** The class numbers (N), int64. */
    Tensor actual() {
        return targets.to(ScalarType.Long);
    }

    /** Whether each target is out of range, or no whole number: (N). */
    Tensor outside() {
        Tensor outside = targets.lt(new Scalar(0L)).logical_or_(targets.ge(new Scalar((long) classes)));
        return targets.is_floating_point() ? outside.logical_or_(targets.ne(targets.floor())) : outside;
    }
}
