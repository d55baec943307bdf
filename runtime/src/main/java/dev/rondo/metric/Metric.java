package dev.rondo.metric;

import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A metric over all batches of a phase. An instance belongs to one learner and is not thread-safe. */
public interface Metric extends AutoCloseable {
    /** The name of the metric and of its column. */
    String name();

    /** Which values are better; empty if unknown, as for custom functions. Callers that compare values must not guess it. */
    default Optional<Direction> direction() {
        return Optional.empty();
    }

    /**
     * Returns this metric with a direction: {@code Metrics.average("mae", …).withDirection(Direction.SMALLER_IS_BETTER)}. Both share their
     * sums.
     */
    default Metric withDirection(Direction direction) {
        return new Relabelled(this, name(), Optional.of(Argument.given("direction", direction)));
    }

    /** Returns this metric with another name, so that a learner can have two of a kind. Both share their sums. */
    default Metric withName(String name) {
        return new Relabelled(this, name, direction());
    }

    /** Removes all batches. */
    void reset();

    /**
     * Adds a batch. Must not wait for the device. Called with gradients disabled, in the native scope of the batch.
     *
     * @param pred the model's output
     * @param yb the targets, at least one
     */
    void accumulate(Tensor pred, List<Tensor> yb);

    /** The value over the batches since the last reset; empty without batches. Waits for the device. */
    @WaitsForDevice
    OptionalDouble value();

    /**
     * Copies of what was accumulated since the last reset, by name, so that another process can go on from here; without batches, an empty
     * map. Empty, the default, if the metric cannot save it: a run that is resumed inside a phase then has another value. The built-in
     * metrics keep their tensors on the device of the batches and do not wait for it; small numbers are on the CPU.
     *
     * @return tensors that the caller closes
     */
    default Optional<Map<String, Tensor>> state() {
        return Optional.empty();
    }

    /**
     * Replaces what was accumulated. Values are then, bit for bit, those of the metric that was saved, if the tensors are on its device;
     * tensors on another device are moved to that of the next batch.
     *
     * @param state what {@link #state} of an equal metric returned, perhaps in another process; the tensors are copied
     * @throws IllegalArgumentException if the state does not fit, or the metric cannot save one; nothing has changed
     */
    default void load(Map<String, Tensor> state) {
        throw new IllegalArgumentException(
                "The metric '" + name() + "' cannot load a state: its class has no method load.");
    }

    /** Frees the metric's tensors. It can be used again after {@link #reset}. By default does nothing. */
    @Override
    default void close() {}
}
