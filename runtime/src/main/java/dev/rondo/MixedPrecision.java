package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
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
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Computes model and loss in a 16-bit type where that is safe; parameters, gradients and the reported loss stay float32. With float16,
 * whose range is small, backward starts from a scaled loss, and a step whose gradients are not all finite is cancelled and lowers the
 * scale. Also in validation and prediction, where there is nothing to scale.
 *
 * <p>With float16 it waits for the device once a step, to decide whether to step; with bfloat16 never. On the CPU float16 works and is
 * slow: bfloat16 is the type for it.
 *
 * @see <a href="https://arxiv.org/abs/1710.03740">Micikevicius et al. 2017</a>
 * @see <a href="https://docs.fast.ai/callback.fp16.html">fastai, MixedPrecision</a>
 */
@Callback(order = 10)
public final class MixedPrecision implements CallbackState {
    private final ScalarType type;
    private final GradScaler scaler; // null for bfloat16, which has the range of float32
    private boolean inside; // whether the batch at hand is between its start and the end of its loss
    private boolean scaled; // whether the gradients are those of a scaled loss
    private boolean checked; // whether the gradients of the batch at hand have been unscaled, and
    private boolean fine; // whether they were finite

    private MixedPrecision(ScalarType type, GradScaler scaler) {
        this.type = type;
        this.scaler = scaler;
    }

    /** Float16, with a scale as PyTorch's. */
    public static MixedPrecision fp16() {
        return fp16(new GradScaler());
    }

    /** Float16, with this scale. It goes on from fit to fit. */
    public static MixedPrecision fp16(GradScaler scaler) {
        return new MixedPrecision(ScalarType.Half, Objects.requireNonNull(scaler, "scaler"));
    }

    /** Bfloat16, without a scale. */
    public static MixedPrecision bf16() {
        return new MixedPrecision(ScalarType.BFloat16, null);
    }

    /** The factor of the loss at present; 1 for bfloat16. */
    public double scale() {
        return scaler == null ? 1 : scaler.scale();
    }

    /** For what looks at gradients before a step: whether they are those of a scaled loss, because it comes too early. */
    public boolean gradientsAreScaled() {
        return scaled;
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        Autocast.check(learner.dataLoaders().device(), type);
        RunKind kind = learner.runKind();
        if (scaler == null || kind != RunKind.FIT && kind != RunKind.LR_FIND) return;
        boolean outer = scaled; // in a batch whose handler runs this fit
        // Between fits gradients are true: what accumulates may go on in another precision, or have begun in one.
        if (!outer) Gradients.scale(learner.optimizer(), scaler.scale());
        scaled = true;
        learner.until(Scope.FIT, () -> {
            if (scaled && !outer) Gradients.scale(learner.optimizer(), 1 / scaler.scale());
            scaled = outer;
        });
    }

    @On(Event.BEFORE_BATCH)
    void enter(Learner learner) {
        // Those of a batch whose handler runs this one, which may be about to update.
        boolean outerInside = inside, outerChecked = checked, outerFine = fine;
        Autocast entered = Autocast.enter(learner.dataLoaders().device(), type);
        inside = true;
        checked = false;
        learner.until(Scope.BATCH, () -> {
            entered.close();
            Autocast.forgetCasts(); // of a batch without gradients inside of one with them
            inside = outerInside;
            checked = outerChecked;
            fine = outerFine;
        });
    }

    @On(Event.AFTER_PRED)
    @Writes("pred")
    Tensor widen(Tensor pred) {
        ScalarType is = pred.scalar_type().intern();
        return is == ScalarType.Half || is == ScalarType.BFloat16 ? pred.to(ScalarType.Float) : pred;
    }

    /** Off rather than closed, which comes at the end of the batch: what others have entered since then is left before it. */
    @On({Event.AFTER_LOSS, Event.AFTER_CANCEL_BATCH})
    void leave(Learner learner) {
        if (!inside) return;
        inside = false;
        learner.until(Scope.BATCH, Autocast.off(learner.dataLoaders().device()));
        Autocast.forgetCasts(); // this may be a run inside of a batch, about to step
    }

    @On(Event.BEFORE_BACKWARD)
    @Writes("lossGrad")
    Tensor scale(Tensor lossGrad) {
        scaled = scaler != null;
        return scaled ? scaler.scale(lossGrad) : lossGrad;
    }

    @On(Event.BEFORE_STEP)
    void unscale(Optimizer optimizer) throws CancelStepException {
        if (scaler == null) return;
        fine = scaler.unscale(Gradients.of(optimizer));
        scaled = false;
        checked = true;
        if (!fine) throw CancelStepException.INSTANCE;
    }

    @On(Event.AFTER_STEP)
    void update() {
        if (checked) scaler.update(fine); // not where the step was cancelled before its gradients were looked at
        checked = false;
    }

    @Override
    public Map<String, Object> saveState() {
        return scaler == null ? Map.of() : new LinkedHashMap<>(scaler.state());
    }

    @Override
    public void loadState(Map<String, Object> state) {
        if (scaler != null) {
            scaler.restore(state);
        } else if (!state.isEmpty()) {
            throw new IllegalArgumentException("Bfloat16 has no scale, but the state is of one: " + state + ".");
        }
    }
}
