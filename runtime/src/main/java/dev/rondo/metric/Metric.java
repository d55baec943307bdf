package dev.rondo.metric;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A number over all batches of a phase. Not safe for use by several threads; an instance belongs to one learner. */
public interface Metric extends AutoCloseable {
    /** The name of its column. */
    String name();

    /** Forgets all batches. */
    void reset();

    /**
     * Takes a batch in, without waiting for the device. Called without recording of gradients, inside the batch's native scope.
     *
     * @param pred the model's output
     * @param yb the targets, at least one
     */
    void accumulate(Tensor pred, List<Tensor> yb);

    /** The value over the batches since the reset, empty if there were none. Waits for the device. */
    OptionalDouble value();

    /** Frees what it holds on the device; it can be used again after {@link #reset}. By default there is nothing. */
    @Override
    default void close() {}
}
