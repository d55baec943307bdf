package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.event.Scope;
import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** A hook on some layers, on and off together. */
final class Hooks {
    private final ForwardHook hook;
    private final Set<Layer> unseen = Collections.newSetFromMap(new IdentityHashMap<>());
    private Collection<Layer> layers = List.of();
    private boolean on;

    Hooks(ForwardHook hook) {
        this.hook = (layer, output) -> {
            unseen.remove(layer);
            hook.after(layer, output);
        };
    }

    /** Which layers, from now on. */
    void layers(Collection<Layer> layers) {
        boolean was = on;
        set(false);
        this.layers = layers;
        unseen.clear();
        unseen.addAll(layers);
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

    /** The layers that have shown no output. */
    Set<Layer> unseen() {
        return unseen;
    }

    /** Behind a batch: says once which layers cannot be looked into. */
    void report(Learner learner, Class<?> asking) {
        if (!on || unseen.isEmpty() || !learner.predicted()) return;
        for (Layer layer : unseen) {
            LoggerFactory.getLogger(asking)
                    .warn(
                            "{} has shown no output to {}: it was not called, or its forward does not return output(…).",
                            layer,
                            asking.getSimpleName());
        }
        unseen.clear();
    }
}
