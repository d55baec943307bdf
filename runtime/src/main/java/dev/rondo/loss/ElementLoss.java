package dev.rondo.loss;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A loss that compares predictions and targets of the same shape element by element. */
abstract class ElementLoss extends ReducedLoss {
    ElementLoss(String name, Reduction reduction) {
        super(name, reduction);
    }

    @Override
    final Tensor compute(Tensor pred, List<Tensor> yb) {
        if (!Arrays.equals(pred.shape(), yb.get(0).shape())) {
            throw wrongShapes("compares tensors of one shape", pred, yb.get(0));
        }
        Tensor y = floats(pred, yb.get(0));
        return loss(pred.to(type(y)), y);
    }

    /** Computes the loss of two tensors of the same shape and type. */
    abstract Tensor loss(Tensor pred, Tensor y);
}
