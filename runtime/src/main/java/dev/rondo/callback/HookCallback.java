package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import dev.rondo.torch.NoGrad;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Passes the outputs of layers, or their gradients, to a hook: in all batches of a run, or in every n-th training batch. The hooks are
 * removed when the run or the batch ends, however it ends.
 *
 * <pre>{@code
 * new HookCallback(100, (layer, output) -> log(layer, output.norm()))
 * new HookCallback(100, (layer, gradient) -> log(layer, gradient.norm())).ofGradients()
 * }</pre>
 *
 * <p>The outputs are detached, on the device of the model, and live until the batch ends; autograd does not record what a hook computes. A
 * batch without hooks costs nothing. With hooks, a batch does not wait for the device unless the hook does.
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
    /** The outputs whose gradients are passed to the hook; null in a batch without hooks. */
    private final ScopeLocal<@Nullable KeptOutputs> kept = ScopeLocal.of(Scope.BATCH);

    /**
     * Calls the hook in all batches of a run, including validation.
     *
     * @param hook receives the outputs
     * @param layers the layers; by default all that have parameters and no child layers
     */
    public HookCallback(ForwardHook hook, Layer... layers) {
        this(ALWAYS, Argument.all("layers", layers), hook, false);
    }

    /**
     * Calls the hook in every n-th training batch of a fit, starting with the first, and never in validation.
     *
     * @param every n, at least 1
     * @param hook receives the outputs
     * @param layers the layers; by default all that have parameters and no child layers
     */
    public HookCallback(int every, ForwardHook hook, Layer... layers) {
        this(checked(every), Argument.all("layers", layers), hook, false);
    }

    private HookCallback(int every, List<Layer> given, ForwardHook hook, boolean ofGradients) {
        this.ofGradients = ofGradients;
        this.every = every;
        this.given = given;
        this.hook = Argument.given("hook", hook);
    }

    /**
     * Passes gradients to the hook instead, as fastai's {@code is_forward=False}: those of {@code lossGrad} with respect to the outputs,
     * including any scaling of the loss. The hook is called at after_backward, from the last layer to the first. An output that receives no
     * gradient, in frozen layers or in validation, is skipped. All outputs are kept in memory until the batch ends.
     */
    public HookCallback ofGradients() {
        return new HookCallback(every, given, hook, true);
    }

    static int checked(int every) {
        return Range.AT_LEAST_1.check("The n of hooks in every n-th batch", every);
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

    @Override
    public String toString() {
        return "HookCallback[" + (every == ALWAYS ? "in every batch" : "every=" + every) + ", "
                + (given.isEmpty() ? "all layers" : given.size() + " layers") + (ofGradients ? ", of gradients]" : "]");
    }
}
