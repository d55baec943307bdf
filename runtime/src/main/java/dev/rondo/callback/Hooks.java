package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.event.Scope;
import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import java.util.Collection;
import java.util.List;

/** A hook on some layers, on and off together. */
final class Hooks {
    private final ForwardHook hook;
    private Collection<Layer> layers = List.of();
    private boolean on;

    Hooks(ForwardHook hook) {
        this.hook = hook;
    }

    /** Which layers, from now on. */
    void layers(Collection<Layer> layers) {
        boolean was = on;
        set(false);
        this.layers = layers;
        set(was);
    }

    /** Is on, or off, until the innermost scope of a kind ends, and then as it was. */
    void until(Learner learner, Scope scope, boolean on) {
        if (on == this.on) return;
        learner.until(scope, () -> set(!on));
        set(on);
    }

    private void set(boolean on) {
        if (on == this.on) return;
        this.on = on;
        for (Layer layer : layers) {
            if (on) layer.addForwardHook(hook);
            else layer.removeForwardHook(hook);
        }
    }
}
