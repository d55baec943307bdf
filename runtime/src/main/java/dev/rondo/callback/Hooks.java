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

/** A hook on some layers of a learner's model, which turns on and off for all of them together. */
final class Hooks {
    /** Called after the forward of a layer. */
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

    /** Replaces the layers. */
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

    /** The layers whose output the hook has not received yet. */
    Set<Layer> unseen() {
        return unseen;
    }

    /** Warns once, after a batch, about layers whose output the hook has not received. */
    void report(Learner learner, Class<?> asking) {
        if (!on || unseen.isEmpty() || !learner.predicted()) return;
        for (Layer layer : unseen) {
            LoggerFactory.getLogger(asking)
                    .warn(
                            "{} has passed no output to {}: it was not called, or its forward does not return output(…).",
                            layer,
                            asking.getSimpleName());
        }
        unseen.clear();
    }
}
