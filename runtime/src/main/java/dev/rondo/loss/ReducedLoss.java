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
 * A loss of one target that is computed item by item and then reduced: those that come with Rondo. Instances do not change; a method that
 * sets something returns another instance. Tensors that are given to one are the caller's, who keeps them open as long as it is used;
 * they go to device and type of the predictions at each batch.
 */
public abstract class ReducedLoss implements Loss {
    private final String name;
    private final Reduction reduction;

    /** @param name what {@link Losses} calls it, for messages */
    ReducedLoss(String name, Reduction reduction) {
        Torch.start();
        this.name = name;
        this.reduction = Objects.requireNonNull(reduction, "reduction");
    }

    /**
     * The loss of a batch.
     *
     * @throws IllegalArgumentException if the batch has not one target, or if shapes or types of prediction and target do not fit; one
     *     sentence that names the loss
     */
    @Override
    public final Tensor of(Tensor pred, List<Tensor> yb) {
        if (yb.size() != 1) throw wrong("takes one target, and the batch has " + yb.size());
        if (!pred.is_floating_point()) throw wrong("takes predictions of a float type, not " + type(pred));
        return of(pred, yb.get(0));
    }

    /** The loss of a prediction of a float type. */
    abstract Tensor of(Tensor pred, Tensor y);

    /** The same loss with another reduction. */
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

    /** A sentence about this loss, for whoever is to read it. */
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

    /** A number that is to be at least 0. */
    final double notNegative(String what, double number) {
        if (number >= 0 && number < Double.POSITIVE_INFINITY) return number;
        throw wrong("has a " + what + " of at least 0, not " + number);
    }

    /** Weights, which may be missing, as an operator takes them; on device and in the type of the prediction, without waiting for it. */
    static TensorOptional like(Tensor pred, @Nullable Tensor weights) {
        if (weights == null) return new TensorOptional();
        try (Device device = pred.device()) {
            return new TensorOptional(weights.to(device, pred.scalar_type(), true, false, new MemoryFormatOptional()));
        }
    }
}
