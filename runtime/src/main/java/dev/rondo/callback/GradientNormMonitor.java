package dev.rondo.callback;

import dev.rondo.Series;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Optimizer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Writes down the Euclidean norm of all gradients together before each step, as the gradients are: after {@code MixedPrecision} has
 * unscaled them and before {@link GradientClip} limits them. A batch that does not step, because gradients accumulate or because it was
 * cancelled before, has none. What it has is that of the last fit.
 *
 * <p>A foreach operator and two small ones a step; waits for the device when it is asked for the norms, and once in 1024 steps.
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
    public double[] norms() {
        return norms.column(0);
    }

    /** Frees what it holds on the device; the norms stay. */
    @Override
    public void close() {
        norms.close();
    }
}
