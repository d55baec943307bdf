package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;

/**
 * Ends the training of each epoch, and the validation, after a share of their batches; to try things out. At least one batch runs. The
 * phases count as cancelled: their cells in the recorder's row are empty. Costs nothing.
 *
 * @see <a href="https://docs.fast.ai/callback.training.html#shortepochcallback">fastai, ShortEpochCallback</a>
 */
public final class ShortEpoch {
    private final double share;
    private final boolean shortValid;

    /** A hundredth of training and validation. */
    public ShortEpoch() {
        this(0.01);
    }

    /** @param share the share of the batches of training and validation, 0 to 1 */
    public ShortEpoch(double share) {
        this(share, true);
    }

    /**
     * @param share the share of the batches, 0 to 1
     * @param shortValid whether validations are cut short as well
     */
    public ShortEpoch(double share, boolean shortValid) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "A short epoch takes a share of the batches from 0 to 1, not " + share + ".");
        }
        this.share = share;
        this.shortValid = shortValid;
    }

    @On(Event.AFTER_BATCH)
    void stop(Learner learner) throws CancelTrainException, CancelValidException {
        if ((double) learner.iter() / learner.nIter() < share) return;
        if (learner.training()) throw CancelTrainException.INSTANCE;
        if (shortValid) throw CancelValidException.INSTANCE;
    }
}
