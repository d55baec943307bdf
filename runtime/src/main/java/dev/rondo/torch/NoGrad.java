package dev.rondo.torch;

import org.bytedeco.pytorch.GradMode;

/**
 * Turns the recording of gradients off on the calling thread until it is closed, and then back to what it was:
 *
 * <pre>{@code try (NoGrad off = NoGrad.enter()) { … }}</pre>
 *
 * Allocates nothing and holds no native guard, whose destructor could run on another thread; close it on the thread
 * that entered.
 */
public final class NoGrad implements AutoCloseable {
    private static final NoGrad WAS_ON = new NoGrad(true);
    private static final NoGrad WAS_OFF = new NoGrad(false);

    private final boolean before;

    private NoGrad(boolean before) {
        this.before = before;
    }

    /** Turns recording off on this thread. */
    public static NoGrad enter() {
        Torch.start();
        boolean before = GradMode.is_enabled();
        if (before) GradMode.set_enabled(false);
        return before ? WAS_ON : WAS_OFF;
    }

    /** Restores what was before on this thread. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
