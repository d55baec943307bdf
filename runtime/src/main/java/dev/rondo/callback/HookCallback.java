package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
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
import org.jspecify.annotations.Nullable;

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
    private final boolean ofGradients;
    /** The outputs whose gradients are shown; null in a batch that shows none. */
    private final ScopeLocal<@Nullable KeptOutputs> kept = ScopeLocal.of(Scope.BATCH);

    /**
     * In all batches of a run, those of validations too.
     *
     * @param hook what looks at the outputs
     * @param layers the layers; by default all that have parameters and no layers inside them
     */
    public HookCallback(ForwardHook hook, Layer... layers) {
        this(ALWAYS, List.of(layers), hook, false);
    }

    /**
     * In each n-th training batch of a fit, beginning with the first.
     *
     * @param every n, at least 1
     * @param hook what looks at the outputs
     * @param layers the layers; by default all that have parameters and no layers inside them
     */
    public HookCallback(int every, ForwardHook hook, Layer... layers) {
        this(checked(every), List.of(layers), hook, false);
    }

    private HookCallback(int every, List<Layer> given, ForwardHook hook, boolean ofGradients) {
        this.ofGradients = ofGradients;
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
        return new HookCallback(every, given, hook, true);
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
        hooks.layers(learner, chosen);
        hooks.until(learner, Scope.FIT, every == ALWAYS);
    }

    @On(Event.BEFORE_BATCH)
    void begin(Learner learner) {
        boolean on = every == ALWAYS || learner.training() && learner.trainIter() % every == 0;
        if (ofGradients && on) keep(learner);
        if (every != ALWAYS) hooks.until(learner, Scope.BATCH, on);
    }

    private void keep(Learner learner) {
        KeptOutputs outputs = new KeptOutputs();
        kept.set(learner, outputs);
        learner.until(Scope.BATCH, outputs);
    }

    private void see(Learner learner, Layer layer, Tensor output) {
        if (!ofGradients) {
            show(layer, output);
            return;
        }
        KeptOutputs outputs = kept.get(learner);
        if (outputs != null) outputs.add(layer, output);
    }

    private void show(Layer layer, Tensor tensor) {
        try (NoGrad off = NoGrad.enter()) {
            hook.after(layer, tensor.detach());
        }
    }

    @On(Event.AFTER_BACKWARD)
    void showGradients(Learner learner) {
        KeptOutputs outputs = kept.get(learner);
        if (outputs != null) outputs.showGradients(this::show);
    }

    @On(Event.AFTER_BATCH)
    void report(Learner learner) {
        hooks.report(learner, HookCallback.class);
    }
}
