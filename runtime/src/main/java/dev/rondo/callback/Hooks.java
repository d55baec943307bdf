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
import org.bytedeco.pytorch.Tensor;
import org.slf4j.LoggerFactory;

/** A hook on some layers of a learner's model, on and off together. */
final class Hooks {
    /** What is called after the forward of a layer. */
    interface Hook {
        void after(Learner learner, Layer layer, Tensor output);
    }

    private final Hook hook;
    private final Set<Layer> unseen = Collections.newSetFromMap(new IdentityHashMap<>());
    private Collection<Layer> layers = List.of();
    private ForwardHook registered = (layer, output) -> {};
    private boolean on;

    Hooks(Hook hook) {
        this.hook = hook;
    }

    /** The layers, from now on. */
    void layers(Learner learner, Collection<Layer> layers) {
        boolean was = on;
        set(false);
        this.layers = layers;
        registered = (layer, output) -> {
            unseen.remove(layer);
            hook.after(learner, layer, output);
        };
        unseen.clear();
        unseen.addAll(layers);
        set(was);
    }

    /** Turns the hook on or off until the innermost scope of a kind ends. */
    void until(Learner learner, Scope scope, boolean on) {
        if (on == this.on) return;
        learner.until(scope, () -> set(!on));
        set(on);
    }

    private void set(boolean on) {
        if (on == this.on) return;
        this.on = on;
        for (Layer layer : layers) {
            if (on) layer.addForwardHook(registered);
            else layer.removeForwardHook(registered);
        }
    }

    /** The layers that have shown no output. */
    Set<Layer> unseen() {
        return unseen;
    }

    /** After a batch: warns once about layers that cannot be looked into. */
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
