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
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * Shows the outputs of layers as they are computed, or their gradients: in whole runs, or in each n-th training batch and never in
 * validation. The hooks go with the run or the batch, however that ends.
 *
 * <pre>{@code
 * new HookCallback(100, (layer, output) -> log(layer, output.norm()))
 * new HookCallback(100, (layer, gradient) -> log(layer, gradient.norm())).ofGradients()
 * }</pre>
 *
 * <p>Outputs come detached, where they were computed, and live until the batch ends; what a hook computes is not recorded. A batch without
 * hooks costs nothing, and one with hooks never waits for the device unless the hook does.
 *
 * @see <a href="https://docs.fast.ai/callback.hook.html#hookcallback">fastai, HookCallback</a>
 */
public final class HookCallback {
    private static final int ALWAYS = 0;

    private final int every;
    private final List<Layer> given;
    private final ForwardHook hook;
    private final Hooks hooks = new Hooks(this::see);
    private boolean ofGradients;
    private KeptOutputs kept; // of the batch at hand; null where no gradients are to be shown

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
        this.hook = Objects.requireNonNull(hook, "hook");
    }

    /**
     * Shows the gradients of what backward started from (lossGrad, scaled where others scale it) with respect to the outputs instead, at
     * after_backward, from the last layer to the first: as fastai's {@code is_forward=False}. Outputs to which no gradient gets, as those
     * of frozen layers and in validation, have none. They are all held until the batch ends.
     */
    public HookCallback ofGradients() {
        ofGradients = true;
        return this;
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
        boolean on = every == ALWAYS || learner.training() && learner.trainIter() % every == 0;
        if (ofGradients && (on || kept != null)) keep(learner, on);
        if (every != ALWAYS) hooks.until(learner, Scope.BATCH, on);
    }

    private void keep(Learner learner, boolean on) {
        KeptOutputs outer = kept; // of the batch in one of whose handlers this one runs
        KeptOutputs mine = kept = on ? new KeptOutputs() : null;
        learner.until(Scope.BATCH, () -> {
            if (mine != null) mine.close();
            kept = outer;
        });
    }

    private void see(Layer layer, Tensor output) {
        if (!ofGradients) show(layer, output);
        else if (kept != null) kept.add(layer, output);
    }

    private void show(Layer layer, Tensor tensor) {
        try (NoGrad off = NoGrad.enter()) {
            hook.after(layer, tensor.detach());
        }
    }

    @On(Event.AFTER_BACKWARD)
    void showGradients() {
        if (kept != null) kept.showGradients(this::show);
    }

    @On(Event.AFTER_BATCH)
    void report(Learner learner) {
        hooks.report(learner, HookCallback.class);
    }
}
