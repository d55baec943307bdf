package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.Event;

/**
 * Cancels the epochs before a given one when they begin. {@link FitOptions#startEpoch} uses it. Costs nothing per batch.
 *
 * @see <a href="https://docs.fast.ai/learner.html#skiptoepoch">fastai, SkipToEpoch</a>
 */
@Callback(order = 70)
public final class SkipToEpoch {
    private final int first;

    /** @param epoch the first epoch that is not cancelled */
    public SkipToEpoch(int epoch) {
        first = epoch;
    }

    @On(Event.BEFORE_EPOCH)
    void skip(int epoch) throws CancelEpochException {
        if (epoch < first) throw CancelEpochException.INSTANCE;
    }
}
