package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.check.Range;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;

/**
 * Ends the training and validation phase of each epoch after a fraction of their batches, for quick experiments. At least one batch runs.
 * The phases are cancelled, so their cells in the recorder's row are empty. Costs nothing.
 *
 * @see <a href="https://docs.fast.ai/callback.training.html#shortepochcallback">fastai, ShortEpochCallback</a>
 */
public final class ShortEpoch {
    private final double fraction;
    private final boolean shortValid;

    /** Runs 1% of the batches of training and validation. */
    public ShortEpoch() {
        this(0.01);
    }

    /** @param fraction the fraction of the batches of training and validation, 0 to 1 */
    public ShortEpoch(double fraction) {
        this(fraction, true);
    }

    private ShortEpoch(double fraction, boolean shortValid) {
        this.fraction = Range.FRACTION.check("The fraction of a short epoch", fraction);
        this.shortValid = shortValid;
    }

    /** Shortens only the training phase. */
    public ShortEpoch trainingOnly() {
        return new ShortEpoch(fraction, false);
    }

    @On(Event.AFTER_BATCH)
    void stop(Learner learner) throws CancelTrainException, CancelValidException {
        if ((double) learner.iter() / learner.nIter() < fraction) return;
        if (learner.training()) throw CancelTrainException.INSTANCE;
        if (shortValid) throw CancelValidException.INSTANCE;
    }

    @Override
    public String toString() {
        return "ShortEpoch[fraction=" + fraction + (shortValid ? "]" : ", training only]");
    }
}
