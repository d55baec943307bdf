package dev.rondo.data;

import dev.rondo.check.Argument;
import dev.rondo.torch.TensorText;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch: the inputs of the model and the targets of the loss. The first dimension of each tensor is the batch size.
 *
 * @param xb the inputs, at least one
 * @param yb the targets; without targets no loss is computed
 */
public record Batch(List<Tensor> xb, List<Tensor> yb) implements AutoCloseable {
    public Batch {
        xb = Argument.all("xb", xb);
        yb = Argument.all("yb", yb);
        if (xb.isEmpty()) throw new IllegalArgumentException("A batch needs at least one input tensor.");
    }

    /** A batch with one input and one target. */
    public static Batch of(Tensor x, Tensor y) {
        return new Batch(List.of(Argument.given("x", x)), List.of(Argument.given("y", y)));
    }

    /**
     * The input.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    public Tensor x() {
        return single("x", "inputs", xb);
    }

    /**
     * The target.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    public Tensor y() {
        return single("y", "targets", yb);
    }

    private static Tensor single(String name, String what, List<Tensor> tensors) {
        if (tensors.size() != 1) {
            throw new IllegalStateException("The batch has " + tensors.size() + " " + what + ", so there is no single '"
                    + name + "'; read " + name + "b.");
        }
        return tensors.get(0);
    }

    /**
     * The number of samples: the first dimension of the first target, or of the first input if there are no targets.
     *
     * @throws IllegalStateException if that tensor is a scalar
     */
    public long size() {
        Tensor first = (yb.isEmpty() ? xb : yb).get(0);
        if (first.dim() > 0) return first.size(0);
        throw new IllegalStateException("The first dimension of " + (yb.isEmpty() ? "an input" : "a target")
                + " is the batch size, but it is a scalar: give it the shape (N).");
    }

    /** The shapes and types of the tensors: {@code Batch of [64, 784] float32 with targets [64] int64}. */
    @Override
    public String toString() {
        return "Batch of " + TensorText.of(xb)
                + (yb.isEmpty() ? " without targets" : " with targets " + TensorText.of(yb));
    }

    /** Frees the tensors. Only their owner may call it. */
    @Override
    public void close() {
        xb.forEach(Tensor::close);
        yb.forEach(Tensor::close);
    }
}
