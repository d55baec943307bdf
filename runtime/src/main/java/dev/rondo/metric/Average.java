package dev.rondo.metric;

import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.torch.NoGrad;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The average of batch means, weighted by batch size. The sum is in float64 on the device of the values. Only {@link #value} waits for the
 * device.
 */
public final class Average implements AutoCloseable {
    private final Sums sum = new Sums();
    private long count;

    /** Resets to no samples. */
    public void reset() {
        count = 0;
        sum.reset();
    }

    /**
     * Adds a batch.
     *
     * @param mean a tensor; if it has several elements, their mean is used, and of booleans the fraction that is true
     * @param samples the weight, 0 or more; a batch of weight 0 is ignored, even if its mean is NaN
     */
    public void add(Tensor mean, long samples) {
        Argument.given("mean", mean);
        Range.NOT_NEGATIVE.check("The number of samples of a mean", samples);
        if (samples == 0) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor floats = mean.is_floating_point() ? mean : mean.to(ScalarType.Double);
            Tensor scalar = floats.dim() == 0 ? floats : floats.mean();
            sum.on(scalar, 1).add_(scalar, new Scalar((double) samples));
            count += samples;
        }
    }

    /** The number of samples since the last reset. */
    public long count() {
        return count;
    }

    /** The weighted average; empty without samples. Waits for the device. */
    @WaitsForDevice
    public OptionalDouble value() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.read()[0] / count);
    }

    /**
     * Copies of the sum and of the number of samples, by name; without samples, an empty map. Does not wait for the device.
     *
     * @return tensors that the caller closes
     */
    public Map<String, Tensor> state() {
        if (count == 0) return Map.of();
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            state.put("sum", sum.vector());
            state.put("count", SavedState.number(count));
            return SavedState.copies(state);
        }
    }

    /**
     * Replaces the sum and the number of samples.
     *
     * @param state what {@link #state} returned, on any device; the tensors are copied
     * @throws IllegalArgumentException if the state does not fit; nothing has changed
     */
    public void load(Map<String, Tensor> state) {
        load("an average", state);
    }

    /** @param owner whose average it is, for messages */
    void load(String owner, Map<String, Tensor> state) {
        SavedState saved = new SavedState(owner, state, List.of("sum", "count"));
        if (saved.isEmpty()) {
            reset();
            return;
        }
        long samples = saved.number("count", 1, Long.MAX_VALUE);
        sum.load(saved.tensor("sum", ScalarType.Double, 1));
        count = samples;
    }

    /** Resets and frees the sum. */
    @Override
    public void close() {
        count = 0;
        sum.close();
    }

    /** Does not wait for the device. */
    @Override
    public String toString() {
        return "Average[samples=" + count + "]";
    }
}
