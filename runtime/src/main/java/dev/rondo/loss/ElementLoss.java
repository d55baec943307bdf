package dev.rondo.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A loss that compares each element of the prediction with the one in its place in the target. */
abstract class ElementLoss extends ReducedLoss {
    ElementLoss(String name, Reduction reduction) {
        super(name, reduction);
    }

    @Override
    final Tensor of(Tensor pred, Tensor y) {
        if (!Arrays.equals(pred.shape(), y.shape())) throw wrongShapes("compares tensors of one shape", pred, y);
        return loss(pred, floats(pred, y));
    }

    /** The loss of two tensors of one shape. */
    abstract Tensor loss(Tensor pred, Tensor y);

    /** A target of another type would decide the type of the loss, whose gradients would then not fit the prediction. */
    private static Tensor floats(Tensor pred, Tensor y) {
        ScalarType type = type(pred);
        if (type(y) == type) return y;
        // Not to float16, if that is what autocast made of the prediction: it computes this loss in float32.
        return y.to(type == ScalarType.Double ? type : ScalarType.Float);
    }
}
