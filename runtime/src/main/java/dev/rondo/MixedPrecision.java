package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.check.Argument;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Optimizer;
import dev.rondo.spi.CallbackState;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.GradScaler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Computes model and loss in a 16-bit type where that is safe, in validation and prediction too. Parameters, gradients and the reported loss
 * stay float32. Float16 has a small range: backward starts from a scaled loss, and a step whose gradients are not all finite is cancelled
 * and lowers the scale.
 *
 * <p>With float16 it waits for the device once a step, to decide whether to step; with bfloat16 it never waits. On the CPU, float16 is slow; use
 * bfloat16.
 *
 * @see <a href="https://arxiv.org/abs/1710.03740">Micikevicius et al. 2017</a>
 * @see <a href="https://docs.fast.ai/callback.fp16.html">fastai, MixedPrecision</a>
 */
@Callback(order = 10)
public final class MixedPrecision implements CallbackState {
    private static final String SCALED = "gradients_are_scaled";

    private final ScalarType type;
    private final @Nullable GradScaler scaler; // null for bfloat16, which has the range of float32
    private boolean scaled; // whether the gradients are those of a scaled loss
    private boolean exact; // whether gradients are restored with the state

    /** Whether autocast is on: from the start of the batch until its loss is computed. */
    private final ScopeLocal<Boolean> inside = ScopeLocal.of(Scope.BATCH, false);

    /** Whether the gradients of the batch were finite when they were unscaled; null before that. */
    private final ScopeLocal<@Nullable Boolean> finite = ScopeLocal.of(Scope.BATCH);

    private MixedPrecision(ScalarType type, @Nullable GradScaler scaler) {
        this.type = type;
        this.scaler = scaler;
    }

    /** Float16 with PyTorch's default scale. */
    public static MixedPrecision fp16() {
        return fp16(new GradScaler());
    }

    /** Float16 with this scale, which is kept from fit to fit. */
    public static MixedPrecision fp16(GradScaler scaler) {
        return new MixedPrecision(ScalarType.Half, Argument.given("scaler", scaler));
    }

    /** Bfloat16, without scaling. */
    public static MixedPrecision bf16() {
        return new MixedPrecision(ScalarType.BFloat16, null);
    }

    /** Registers what computes in a precision, in place of what computes in another one. */
    static void use(Learner learner, Precision precision) {
        Argument.given("precision", precision);
        for (CallbackHandle handle : learner.callbacks()) {
            if (handle.callback() instanceof MixedPrecision) learner.remove(handle);
        }
        switch (precision) {
            case FP32 -> {}
            case FP16 -> learner.add(fp16());
            case BF16 -> learner.add(bf16());
        }
    }

    /** The current factor of the loss; 1 for bfloat16. */
    public double scale() {
        return scaler == null ? 1 : scaler.scale();
    }

    /** Whether the gradients are those of a scaled loss: true between backward and this callback's before_step. */
    public boolean gradientsAreScaled() {
        return scaled;
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        Autocast.check(learner.dataLoaders().device(), type);
        exact = learner.resuming();
        RunKind kind = learner.runKind();
        GradScaler scaler = this.scaler;
        if (scaler == null || kind != RunKind.FIT && kind != RunKind.LR_FIND) return;
        boolean outer = scaled; // true if a handler of a training batch runs this fit
        // Between fits, gradients are unscaled, so that an accumulation can go on in another precision.
        if (!outer) Gradients.scale(learner.optimizer(), scaler.scale());
        scaled = true;
        learner.until(Scope.FIT, () -> {
            if (scaled && !outer) Gradients.scale(learner.optimizer(), 1 / scaler.scale());
            scaled = outer;
        });
    }

    @On(Event.BEFORE_BATCH)
    void enter(Learner learner) {
        Autocast entered = Autocast.enter(learner.dataLoaders().device(), type);
        inside.set(learner, true);
        learner.until(Scope.BATCH, () -> {
            entered.close();
            Autocast.forgetCasts(); // a nested batch without gradients may have made them
        });
    }

    @On(Event.AFTER_PRED)
    @Writes("pred")
    Tensor widen(Tensor pred) {
        ScalarType is = pred.scalar_type().intern();
        return is == ScalarType.Half || is == ScalarType.BFloat16 ? pred.to(ScalarType.Float) : pred;
    }

    /** Turns autocast off now. Its scope closes at the end of the batch, after any scope that was entered later. */
    @On({Event.AFTER_LOSS, Event.AFTER_CANCEL_BATCH})
    void leave(Learner learner) {
        if (!inside.get(learner)) return;
        inside.set(learner, false);
        learner.until(Scope.BATCH, Autocast.off(learner.dataLoaders().device()));
        Autocast.forgetCasts(); // this may be a nested run, and the outer batch may be about to step
    }

    @On(Event.BEFORE_BACKWARD)
    @Writes("lossGrad")
    Tensor scale(Tensor lossGrad) {
        scaled = scaler != null;
        return scaler == null ? lossGrad : scaler.scale(lossGrad);
    }

    @On(Event.BEFORE_STEP)
    @HostRead("with float16, to decide whether to step")
    void unscale(Learner learner, Optimizer optimizer) throws CancelStepException {
        if (scaler == null) return;
        boolean allFinite = scaler.unscale(Gradients.of(optimizer));
        finite.set(learner, allFinite);
        scaled = false;
        if (!allFinite) throw CancelStepException.INSTANCE;
    }

    @On(Event.AFTER_STEP)
    void update(Learner learner) {
        Boolean allFinite = finite.get(learner);
        if (scaler != null && allFinite != null)
            scaler.update(allFinite); // null where the step was cancelled before they were unscaled
        finite.set(learner, null);
    }

    @Override
    public Map<String, @Nullable Object> saveState() {
        if (scaler == null) return Map.of();
        Map<String, @Nullable Object> state = new LinkedHashMap<>(scaler.state());
        state.put(SCALED, scaled);
        return state;
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        if (scaler != null) {
            Map<String, @Nullable Object> ofScaler = new LinkedHashMap<>(state);
            Object wasScaled = ofScaler.remove(SCALED);
            scaler.restore(ofScaler);
            // Gradients that are not restored are those of this fit, which has scaled them.
            if (exact && wasScaled instanceof Boolean was) scaled = was;
        } else if (!state.isEmpty()) {
            throw new IllegalArgumentException("Bfloat16 has no scale, but the state is of one: " + state + ".");
        }
    }

    @Override
    public String toString() {
        return "MixedPrecision[" + (scaler == null ? "bfloat16" : "float16, " + scaler) + "]";
    }
}
