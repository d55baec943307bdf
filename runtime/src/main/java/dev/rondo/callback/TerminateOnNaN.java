package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.Handles;
import dev.rondo.torch.HostRead;
import dev.rondo.torch.NoGrad;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Ends a fit at a loss that is infinite or not a number, in training or validation, before the recorder counts it.
 *
 * <p>Waits for the device at every batch, unless it is {@linkplain #deferred deferred}.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#terminateonnancallback">fastai, TerminateOnNaNCallback</a>
 */
@Callback(order = -9)
public final class TerminateOnNaN {
    private final int every;
    private int unseen;
    private Tensor finite; // whether the unseen losses are; null for none

    /** Looks at each loss at once. */
    public TerminateOnNaN() {
        this(1);
    }

    private TerminateOnNaN(int every) {
        if (every < 1)
            throw new IllegalArgumentException("Losses are looked at every 1 or more batches, not " + every + ".");
        this.every = every;
    }

    /** Looks at the losses of so many batches together, so that the others do not wait: that many may train on behind a bad one. */
    public static TerminateOnNaN deferred(int batches) {
        return new TerminateOnNaN(batches);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        Tensor outer = finite; // of the fit in one of whose handlers this run is made
        int outerUnseen = unseen;
        finite = null;
        unseen = 0;
        learner.until(Scope.FIT, () -> {
            forget();
            finite = outer;
            unseen = outerUnseen;
        });
    }

    @On(Event.AFTER_BATCH)
    void check(Learner learner) throws CancelFitException {
        if (!learner.hasLoss()) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor also = learner.loss().isfinite().all();
            Tensor before = finite;
            finite = Handles.keep(before == null ? also : also.logical_and(before));
            if (before != null) before.close();
        }
        if (++unseen < every) return;
        boolean fine;
        try (HostRead read = HostRead.of("loss is finite")) {
            fine = finite.item_bool();
        }
        forget();
        if (!fine) throw CancelFitException.INSTANCE;
    }

    private void forget() {
        if (finite != null) finite.close();
        finite = null;
        unseen = 0;
    }
}
