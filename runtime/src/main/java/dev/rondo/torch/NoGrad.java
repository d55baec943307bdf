package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import org.bytedeco.pytorch.GradMode;

/**
 * Disables gradients on the calling thread. Closing it restores the previous state:
 *
 * <pre>{@code try (NoGrad off = NoGrad.enter()) { … }}</pre>
 *
 * <p>Close it on the thread that entered. It allocates nothing, and holds no native guard, whose destructor could run on another
 * thread.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.no_grad.html">torch.no_grad</a>
 */
public final class NoGrad implements AutoCloseable {
    private static final NoGrad WAS_ON = new NoGrad(true);
    private static final NoGrad WAS_OFF = new NoGrad(false);

    private final boolean before;

    private NoGrad(boolean before) {
        this.before = before;
    }

    /** Disables gradients on this thread. */
    @MustClose
    public static NoGrad enter() {
        Torch.start();
        boolean before = GradMode.is_enabled();
        if (before) GradMode.set_enabled(false);
        return before ? WAS_ON : WAS_OFF;
    }

    /** Restores the previous state of this thread. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }

    @Override
    public String toString() {
        return "NoGrad";
    }
}
