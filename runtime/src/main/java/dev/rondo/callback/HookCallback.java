package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import dev.rondo.torch.NoGrad;
import java.util.Collection;
import java.util.List;

/**
 * Shows the outputs of layers as they are computed: in whole runs, or in each n-th training batch and never in validation. The hooks go
 * with the run or the batch, however that ends.
 *
 * <pre>{@code
 * new HookCallback(100, (layer, output) -> log(layer, output.norm()))
 * }</pre>
 *
 * <p>Outputs come detached, where they were computed, and live until the batch ends; gradients are not recorded. A batch without hooks
 * costs nothing, and one with hooks never waits for the device unless the hook does.
 *
 * @see <a href="https://docs.fast.ai/callback.hook.html#hookcallback">fastai, HookCallback</a>
 */
public final class HookCallback {
    private static final int ALWAYS = 0;

    private final int every;
    private final List<Layer> given;
    private final Hooks hooks;

    /**
     * In all batches of a run, those of validations too.
     *
     * @param hook what looks at the outputs
     * @param layers the layers; by default all that have parameters and no layers inside them
     */
    public HookCallback(ForwardHook hook, Layer... layers) {
        this(ALWAYS, List.of(layers), hook);
    }

    /**
     * In each n-th training batch of a fit, beginning with the first.
     *
     * @param every n, at least 1
     * @param hook what looks at the outputs
     * @param layers the layers; by default all that have parameters and no layers inside them
     */
    public HookCallback(int every, ForwardHook hook, Layer... layers) {
        this(checked(every), List.of(layers), hook);
    }

    private HookCallback(int every, List<Layer> given, ForwardHook hook) {
        this.every = every;
        this.given = given;
        hooks = new Hooks((layer, output) -> {
            try (NoGrad off = NoGrad.enter()) {
                hook.after(layer, output.detach());
            }
        });
    }

    static int checked(int every) {
        if (every < 1)
            throw new IllegalArgumentException("Hooks are on in every n-th batch, n ≥ 1, not " + every + ".");
        return every;
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        Collection<Layer> chosen = given;
        if (given.isEmpty()) {
            chosen = ModelLayers.withParameters(learner.model(), HookCallback.class)
                    .values();
        }
        hooks.layers(chosen);
        hooks.until(learner, Scope.FIT, every == ALWAYS);
    }

    @On(Event.BEFORE_BATCH)
    void begin(Learner learner) {
        if (every == ALWAYS) return;
        hooks.until(learner, Scope.BATCH, learner.training() && learner.trainIter() % every == 0);
    }

    @On(Event.AFTER_BATCH)
    void report(Learner learner) {
        hooks.report(learner, HookCallback.class);
    }
}
