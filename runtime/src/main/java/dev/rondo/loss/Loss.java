package dev.rondo.loss;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A loss function. A lambda can implement it: {@code (pred, yb) -> torch.l1_loss(pred, yb.get(0))}. */
@FunctionalInterface
public interface Loss {
    /**
     * Computes the loss of a batch. Operators broadcast: with a prediction (N, 1) and targets (N), {@code torch.mse_loss} compares each
     * prediction with every target, and trains wrongly. {@link Losses#mse} and the other losses of Rondo refuse such shapes.
     *
     * @param pred the model's output
     * @param yb the targets of the batch, at least one
     * @return a scalar that can be differentiated; it belongs to the native scope of the caller
     */
    Tensor of(Tensor pred, List<Tensor> yb);

    /**
     * The loss without reduction: a tensor whose first dimension is the batch size.
     *
     * @throws IllegalStateException if the loss has no such form, as by default
     */
    default Loss unreduced() {
        throw new IllegalStateException(
                "This loss has no unreduced form: implement unreduced() to get the losses of single items.");
    }

    /** The reduction of the losses of the items; by default their mean. */
    default Reduction reduction() {
        return Reduction.MEAN;
    }

    /**
     * Whether the targets are class numbers. Class numbers cannot be interpolated, so callbacks that mix samples mix the losses of both
     * targets instead. By default false.
     *
     * @see <a href="https://docs.fast.ai/callback.mixup.html">fastai, y_int</a>
     */
    default boolean classNumbers() {
        return false;
    }

    /** Converts the model's output to predictions: logits to probabilities, for example. By default returns the output. */
    default Tensor activation(Tensor pred) {
        return pred;
    }

    /**
     * Converts predictions of {@link #activation} to decisions: probabilities to class numbers, for example. By default returns the
     * predictions.
     */
    default Tensor decodes(Tensor activated) {
        return activated;
    }
}
