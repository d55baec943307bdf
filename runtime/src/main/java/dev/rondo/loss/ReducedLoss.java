package dev.rondo.loss;

import dev.rondo.check.Argument;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Base of the losses of Rondo: a loss with one target and a reduction. Instances are immutable; each {@code with…} method returns a copy.
 * Tensors given to a loss, such as class weights, belong to the caller, who keeps them open while the loss is used. They are converted to
 * the device and type of the predictions at each batch. The mean of a batch without items is NaN, as in PyTorch.
 */
public abstract class ReducedLoss implements Loss {
    private final String name;
    private final Reduction reduction;

    /** @param name the name of the factory method in {@link Losses}, for messages */
    ReducedLoss(String name, Reduction reduction) {
        Torch.start();
        this.name = name;
        this.reduction = Argument.given("reduction", reduction);
    }

    /**
     * Computes the loss of a batch.
     *
     * @throws IllegalArgumentException if the batch does not have exactly one target, or if shapes or types do not fit; the message is one
     *     sentence that names the loss
     */
    @Override
    public final Tensor of(Tensor pred, List<Tensor> yb) {
        open("pred", pred);
        if (Argument.given("yb", yb).size() != 1) throw wrong("takes one target, but the batch has " + yb.size());
        open("yb[0]", yb.get(0));
        if (!pred.is_floating_point()) throw wrong("takes predictions of a float type, not " + type(pred));
        return of(pred, yb.get(0));
    }

    private void open(String name, Tensor tensor) {
        if (Argument.given(name, tensor).isNull() || !tensor.defined()) {
            throw wrong("takes tensors with values, but '" + name + "' is closed or undefined");
        }
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

    /** Checks weights once, which waits for the device. PyTorch lets weights that are not finite make the loss NaN. */
    final Tensor finite(String name, Tensor weights) {
        open(name, weights);
        try (PointerScope temporary = new PointerScope()) {
            if (weights.is_complex() || !weights.isfinite().all().item_bool()) {
                throw wrong("has finite weights, but '" + name + "' has others");
            }
        }
        return weights;
    }

    /** Checks that weights are still open; closing them is a mistake of their owner. */
    static void stillOpen(Tensor weights) {
        if (!weights.isNull()) return;
        throw new IllegalStateException("The weights of a loss are closed: keep them open while the loss is used.");
    }

    /** Converts weights to an optional operator argument with the device and type of the prediction. Does not wait for the device. */
    static TensorOptional like(Tensor pred, @Nullable Tensor weights) {
        if (weights == null) return new TensorOptional();
        try (Device device = pred.device()) {
            return new TensorOptional(weights.to(device, pred.scalar_type(), true, false, new MemoryFormatOptional()));
        }
    }
}
