package dev.rondo.callback;

import dev.rondo.Series;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Optimizer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Records the Euclidean norm of all gradients together before each step, after {@code MixedPrecision} unscales them and before {@link
 * GradientClip} clips them. A batch without a step, because gradients accumulate or because it was cancelled, has no norm. The values are
 * those of the last fit.
 *
 * <p>Costs a foreach operator and two small ones per step. Waits for the device when the norms are read, and once in 1024 steps.
 */
@Callback(order = 10.5, runs = Phase.TRAIN, kinds = RunKind.FIT)
public final class GradientNormMonitor implements AutoCloseable {
    @Checkpointed
    final Series norms = new Series();

    @On(Event.BEFORE_FIT)
    void start() {
        norms.reset();
    }

    @On(Event.BEFORE_STEP)
    void measure(Optimizer optimizer) {
        try (PointerScope temporary = new PointerScope()) {
            norms.add(Gradients.norm(optimizer, 2));
        }
    }

    /** The norm before each step of the last fit. Waits for the device. */
    @WaitsForDevice
    public double[] norms() {
        return norms.column(0);
    }

    /** Frees the tensors on the device; the recorded norms stay. */
    @Override
    public void close() {
        norms.close();
    }

    @Override
    public String toString() {
        return "GradientNormMonitor[steps=" + norms.rows() + "]";
    }
}
