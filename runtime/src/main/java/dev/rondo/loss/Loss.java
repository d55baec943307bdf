package dev.rondo.loss;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** How far predictions are from their targets. A lambda will do: {@code (pred, yb) -> torch.l1_loss(pred, yb.get(0))}. */
@FunctionalInterface
public interface Loss {
    /**
     * The loss of a batch.
     *
     * @param pred the model's output
     * @param yb the targets of the batch, at least one
     * @return a scalar that gradients flow back from; it belongs to the native scope of the caller
     */
    Tensor of(Tensor pred, List<Tensor> yb);

    /**
     * The same loss before it is reduced: a tensor whose first dimension counts the items of the batch.
     *
     * @throws IllegalStateException if there is no such form
     */
    default Loss unreduced() {
        throw new IllegalStateException(
                "This loss has no form that does not reduce: implement unreduced() to have the losses of single items.");
    }

    /** How the losses of single items become one; by default their mean. */
    default Reduction reduction() {
        return Reduction.MEAN;
    }

    /**
     * Whether the targets are class numbers, which cannot be mixed as amounts can: what mixes a batch then mixes the losses of both
     * targets. By default no.
     *
     * @see <a href="https://docs.fast.ai/callback.mixup.html">fastai, y_int</a>
     */
    default boolean classNumbers() {
        return false;
    }

    /** Predictions for people, from the model's output: probabilities from logits, for example; by default the output itself. */
    default Tensor activation(Tensor pred) {
        return pred;
    }

    /** Decisions from activated predictions: class numbers, for example; by default the predictions themselves. */
    default Tensor decodes(Tensor activated) {
        return activated;
    }
}
