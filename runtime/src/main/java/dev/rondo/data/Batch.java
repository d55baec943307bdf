package dev.rondo.data;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One batch: the tensors given to the model and those given to the loss. The first dimension of each tensor counts the samples.
 *
 * @param xb inputs, at least one
 * @param yb targets; empty where there are none, then no loss is computed
 */
public record Batch(List<Tensor> xb, List<Tensor> yb) implements AutoCloseable {
    public Batch {
        xb = List.copyOf(xb);
        yb = List.copyOf(yb);
        if (xb.isEmpty()) throw new IllegalArgumentException("A batch needs at least one input tensor.");
    }

    /** A batch of one input and one target. */
    public static Batch of(Tensor x, Tensor y) {
        return new Batch(List.of(x), List.of(y));
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

    /** The number of samples: the first dimension of the first target, or of the first input where there are no targets. */
    public long size() {
        return (yb.isEmpty() ? xb : yb).get(0).size(0);
    }

    /** Frees the tensors; for whoever owns them. */
    @Override
    public void close() {
        xb.forEach(Tensor::close);
        yb.forEach(Tensor::close);
    }
}
