package dev.rondo.loss;

import dev.rondo.check.Argument;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Base of the losses of Rondo: a loss with a reduction, and with one target unless stated otherwise. Instances are immutable; each {@code with…} method returns a copy.
 * Tensors given to a loss, such as class weights, belong to the caller, who keeps them open while the loss is used. They are converted to
 * the device and type of the predictions at each batch. The mean of a batch without items is NaN, as in PyTorch.
 */
public abstract class ReducedLoss implements Loss {
    private final String name;
    private final Reduction reduction;
    private final List<String> targets;

    /** @param name the name of the factory method in {@link Losses}, for messages */
    ReducedLoss(String name, Reduction reduction) {
        this(name, reduction, List.of("target"));
    }

    /** @param targets what the targets are, for messages */
    ReducedLoss(String name, Reduction reduction, List<String> targets) {
        Torch.start();
        this.name = name;
        this.reduction = Argument.given("reduction", reduction);
        this.targets = targets;
    }

    /**
     * Computes the loss of a batch.
     *
     * @throws IllegalArgumentException if the batch does not have as many targets as the loss takes, or if shapes or types do not fit; the
     *     message is one sentence that names the loss
     */
    @Override
    public final Tensor of(Tensor pred, List<Tensor> yb) {
        open("pred", pred);
        if (Argument.given("yb", yb).size() != targets.size()) throw wrongCount(yb.size());
        for (int i = 0; i < yb.size(); i++) open("yb[" + i + "]", yb.get(i));
        if (!pred.is_floating_point()) throw wrong("takes predictions of a float type, not " + type(pred));
        if (reduction != Reduction.BATCH_MEAN) return compute(pred, yb);
        Tensor sum = withReduction(Reduction.SUM).compute(pred, yb);
        return pred.dim() == 0 ? sum : sum.div(new Scalar(pred.size(0)));
    }

    private IllegalArgumentException wrongCount(int count) {
        String taken =
                targets.size() == 1 ? "one target" : targets.size() + " targets (" + String.join(", ", targets) + ")";
        return wrong("takes " + taken + ", but the batch has " + count);
    }

    private void open(String name, Tensor tensor) {
        if (Argument.given(name, tensor).isNull() || !tensor.defined()) {
            throw wrong("takes tensors with values, but '" + name + "' is closed or undefined");
        }
    }

    /**
     * Computes the loss of a prediction of a float type. The reduction is not {@link Reduction#BATCH_MEAN}.
     *
     * @param yb as many targets as the loss takes
     */
    abstract Tensor compute(Tensor pred, List<Tensor> yb);

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

    /** The name and the options: {@code focal[gamma=2.0, reduction=MEAN]}. */
    @Override
    public final String toString() {
        return name + "[" + options() + "reduction=" + reduction + "]";
    }

    /** The options in {@link #toString}, each with ", " after it. */
    String options() {
        return "";
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

    /**
     * Converts a target to a float type. A target of another type would change the type of the loss, and its gradients would not fit the
     * prediction.
     */
    final Tensor floats(Tensor pred, Tensor y) {
        ScalarType type = type(pred);
        if (y.is_complex()) throw wrong("takes targets that are real numbers, not " + type(y));
        if (type(y) == type) return y;
        // Not to float16, which a prediction may have under autocast: its losses are computed in float32.
        return y.to(type == ScalarType.Double ? type : ScalarType.Float);
    }

    /** Converts predictions of 16 bits to float32, for operators that have no form for them. */
    static Tensor wide(Tensor pred) {
        return type(pred) == ScalarType.Double ? pred : pred.to(ScalarType.Float);
    }

    /** Converts class numbers, or other whole numbers, to int64. */
    final Tensor longs(String what, Tensor y) {
        return switch (type(y)) {
            case Long -> y;
            case Byte, Char, Short, Int -> y.to(ScalarType.Long);
            default -> throw wrong("takes " + what + " of an integer type, not " + type(y));
        };
    }

    /** Checks that a tensor broadcasts to the shape of the prediction. */
    final void checkBroadcasts(String name, @Nullable Tensor weights, Tensor pred) {
        if (weights == null) return;
        long[] weight = weights.shape(), all = pred.shape();
        boolean fits = weight.length <= all.length;
        for (int i = 1; fits && i <= weight.length; i++) {
            long side = weight[weight.length - i];
            fits = side == 1 || side == all[all.length - i];
        }
        if (!fits) {
            throw wrong("has a " + name + " " + shape(weights) + ", which does not broadcast to predictions "
                    + shape(pred));
        }
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

    /** Converts weights to an optional operator argument with the device and type of the prediction. Does not wait for the device. */
    static TensorOptional like(Tensor pred, @Nullable Tensor weights) {
        if (weights == null) return new TensorOptional();
        try (Device device = pred.device()) {
            return new TensorOptional(weights.to(device, pred.scalar_type(), true, false, new MemoryFormatOptional()));
        }
    }
}
