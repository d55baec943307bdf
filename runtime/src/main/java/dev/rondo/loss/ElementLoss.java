package dev.rondo.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A loss that compares predictions and targets of the same shape element by element. */
abstract class ElementLoss extends ReducedLoss {
    ElementLoss(String name, Reduction reduction) {
        super(name, reduction);
    }

    @Override
    final Tensor of(Tensor pred, Tensor y) {
        if (!Arrays.equals(pred.shape(), y.shape())) throw wrongShapes("compares tensors of one shape", pred, y);
        return loss(pred, floats(pred, y));
    }

    /** Computes the loss of two tensors of the same shape and type. */
    abstract Tensor loss(Tensor pred, Tensor y);

    /**
     * Converts a target to a float type. A target of another type would change the type of the loss, and its gradients would not fit the
     * prediction.
     */
    private Tensor floats(Tensor pred, Tensor y) {
        ScalarType type = type(pred);
        if (y.is_complex()) throw wrong("takes targets that are real numbers, not " + type(y));
        if (type(y) == type) return y;
        // Not to float16, which a prediction may have under autocast: autocast computes this loss in float32.
        return y.to(type == ScalarType.Double ? type : ScalarType.Float);
    }
}
