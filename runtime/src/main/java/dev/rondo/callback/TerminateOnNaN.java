package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Range;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.spi.CallbackState;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateType;
import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Ends a fit when a loss is NaN or infinite, in training or validation, before the recorder counts it.
 *
 * <p>Waits for the device at every batch, unless it is {@linkplain #deferred deferred}.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#terminateonnancallback">fastai, TerminateOnNaNCallback</a>
 */
@Callback(order = -9)
public final class TerminateOnNaN implements CallbackState {
    private final int every;
    /** The losses of a run that have not been checked yet. */
    private static final class Unseen implements AutoCloseable {
        private int count;
        private @Nullable Tensor finite; // whether they are finite, on the device; null if there are none

        void add(Tensor alsoFinite) {
            Tensor before = finite;
            finite = Handles.keep(before == null ? alsoFinite : alsoFinite.logical_and(before));
            if (before != null) before.close();
            count++;
        }

        /** Whether all are finite. Waits for the device. */
        @WaitsForDevice
        boolean areFinite() {
            try (DeviceWait read = DeviceWait.of("loss is finite")) {
                return finite == null || finite.item_bool();
            }
        }

        @Override
        public void close() {
            if (finite != null) finite.close();
            finite = null;
            count = 0;
        }
    }

    private final ScopeLocal<@Nullable Unseen> unseen = ScopeLocal.of(Scope.FIT);
    private @Nullable Unseen ofFit; // of the running fit that is not nested

    /** Checks each loss at once. */
    public TerminateOnNaN() {
        this(1);
    }

    private TerminateOnNaN(int every) {
        this.every = Range.AT_LEAST_1.check("The number of batches whose losses are checked together", every);
    }

    /**
     * Checks the losses of this many batches together, so that only one of them waits for the device. Training may continue for up to this
     * many batches after a bad loss.
     */
    public static TerminateOnNaN deferred(int batches) {
        return new TerminateOnNaN(batches);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        if (learner.runDepth() == 1) begin(learner);
    }

    private Unseen begin(Learner learner) {
        Unseen losses = new Unseen();
        unseen.set(learner, losses);
        learner.until(Scope.FIT, losses);
        if (learner.runDepth() == 1) ofFit = losses;
        return losses;
    }

    @On(Event.AFTER_BATCH)
    @HostRead("to decide whether to go on; deferred, at every k-th batch")
    void check(Learner learner) throws CancelFitException {
        if (!learner.hasLoss()) return;
        Unseen losses = unseen.get(learner);
        if (losses == null) losses = begin(learner); // the first batch of the run that reaches this callback
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            losses.add(learner.loss().isfinite().all());
        }
        if (losses.count < every) return;
        boolean finite = losses.areFinite();
        losses.close();
        if (!finite) throw CancelFitException.INSTANCE;
    }

    /** The losses that have not been checked yet. */
    @Override
    public Map<String, @Nullable Object> saveState() {
        Unseen losses = ofFit;
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("unseen", losses == null ? 0 : losses.count);
        state.put("finite", losses == null ? null : losses.finite);
        return state;
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        StateReader reader = new StateReader("TerminateOnNaN", state);
        int count = reader.read("unseen", StateType.INTEGER.required());
        Tensor finite = reader.read("finite", StateType.handle(Tensor.class));
        reader.end();
        Unseen losses = ofFit;
        if (losses == null) {
            StateReader.release(finite);
            return;
        }
        losses.close();
        losses.count = count;
        losses.finite = finite;
    }

    @Override
    public String toString() {
        return "TerminateOnNaN[every=" + every + "]";
    }
}
