package dev.rondo.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A number over all batches of a phase. Not safe for use by several threads; an instance belongs to one learner. */
public interface Metric extends AutoCloseable {
    /** The name of its column. */
    String name();

    /** Which values are better; empty if nobody has said so, as for a function of one's own. What compares values asks, and never guesses. */
    default Optional<Direction> direction() {
        return Optional.empty();
    }

    /** This metric, with a direction: {@code Metrics.average("mae", …).withDirection(Direction.SMALLER_IS_BETTER)}. */
    default Metric withDirection(Direction direction) {
        return new Relabelled(this, name(), Optional.of(direction));
    }

    /** This metric under another name, for a second one of a kind. */
    default Metric withName(String name) {
        return new Relabelled(this, name, direction());
    }

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
