package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import org.bytedeco.pytorch.GradMode;

/**
 * Enables gradients on this thread inside a {@link NoGrad} scope. Closing it restores the previous state.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.autograd.grad_mode.enable_grad.html">torch.enable_grad</a>
 */
public final class EnableGrad implements AutoCloseable {
    private static final EnableGrad WAS_ON = new EnableGrad(true);
    private static final EnableGrad WAS_OFF = new EnableGrad(false);

    private final boolean before;

    private EnableGrad(boolean before) {
        this.before = before;
    }

    /** Enables gradients on this thread. */
    @MustClose
    public static EnableGrad enter() {
        Torch.start();
        boolean before = GradMode.is_enabled();
        if (!before) GradMode.set_enabled(true);
        return before ? WAS_ON : WAS_OFF;
    }

    /** Restores the previous state of this thread. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }

    @Override
    public String toString() {
        return "EnableGrad";
    }
}
