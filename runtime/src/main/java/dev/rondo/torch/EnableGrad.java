package dev.rondo.torch;

import org.bytedeco.pytorch.GradMode;

/**
 * Turns recording for backward on again on this thread, inside of a {@link NoGrad} scope; closing it restores what was before.
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

    /** Turns recording on on this thread. */
    public static EnableGrad enter() {
        Torch.start();
        boolean before = GradMode.is_enabled();
        if (!before) GradMode.set_enabled(true);
        return before ? WAS_ON : WAS_OFF;
    }

    /** Restores what was before on this thread. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
