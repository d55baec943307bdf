package dev.rondo.loss;

import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Base of the losses of Rondo: a loss with one target and a reduction. Instances are immutable; each {@code with…} method returns a copy.
 * Tensors given to a loss, such as class weights, belong to the caller, who keeps them open while the loss is used. They are converted to
 * the device and type of the predictions at each batch.
 */
public abstract class ReducedLoss implements Loss {
    private final String name;
    private final Reduction reduction;

    /** @param name the name of the factory method in {@link Losses}, for messages */
    ReducedLoss(String name, Reduction reduction) {
        Torch.start();
        this.name = name;
        this.reduction = Objects.requireNonNull(reduction, "reduction");
    }

    /**
     * Computes the loss of a batch.
     *
     * @throws IllegalArgumentException if the batch does not have exactly one target, or if shapes or types do not fit; the message is one
     *     sentence that names the loss
     */
    @Override
    public final Tensor of(Tensor pred, List<Tensor> yb) {
        if (yb.size() != 1) throw wrong("takes one target, but the batch has " + yb.size());
        if (!pred.is_floating_point()) throw wrong("takes predictions of a float type, not " + type(pred));
        return of(pred, yb.get(0));
    }

    /** Computes the loss of a prediction of a float type. */
    abstract Tensor of(Tensor pred, Tensor y);

    /** Returns a copy with another reduction. */
    public abstract ReducedLoss withReduction(Reduction reduction);

    @Override
    public final ReducedLoss unreduced() {
        return withReduction(Reduction.NONE);
    }

    @Override
    public final Reduction reduction() {
        return reduction;
    }

    final String name() {
        return name;
    }

    /** An error about this loss, as a sentence that starts with its name. */
    final IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + " " + what + ".");
    }

    final IllegalArgumentException wrongShapes(String rule, Tensor pred, Tensor y) {
        return wrong(rule + ", but the prediction is " + shape(pred) + " and the target " + shape(y));
    }

    static String shape(Tensor tensor) {
        return Arrays.toString(tensor.shape());
    }

    static ScalarType type(Tensor tensor) {
        return tensor.scalar_type().intern();
    }

    /** Checks that a number is finite and at least 0. */
    final double notNegative(String what, double number) {
        if (number >= 0 && number < Double.POSITIVE_INFINITY) return number;
        throw wrong("has a " + what + " of at least 0, not " + number);
    }

    /** Converts weights to an optional operator argument with the device and type of the prediction. Does not wait for the device. */
    static TensorOptional like(Tensor pred, @Nullable Tensor weights) {
        if (weights == null) return new TensorOptional();
        try (Device device = pred.device()) {
            return new TensorOptional(weights.to(device, pred.scalar_type(), true, false, new MemoryFormatOptional()));
        }
    }
}
