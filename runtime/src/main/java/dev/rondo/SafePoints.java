package dev.rondo;

import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.event.CancelFitException;
import org.jspecify.annotations.Nullable;

/**
 * The places of a fit where it can stop and go on: between two batches, and between two parts of the fit. No handler is running there, so
 * a checkpoint has all that the events before it did. What a handler or another thread asks for meanwhile is done at the next such place.
 */
final class SafePoints {
    private final Learner learner;
    private volatile boolean stop; // asked for, by any thread
    private boolean stopped;
    private boolean asked; // for a checkpoint
    private @Nullable CheckpointTarget target;
    private int fits; // running, nested in each other
    private int depth; // of the outermost one
    private @Nullable RunIdentity identity; // as the fit began: handlers may add callbacks, and start other fits

    SafePoints(Learner learner) {
        this.learner = learner;
    }

    void askForStop() {
        stop = true;
    }

    void forgetStop() {
        stop = false;
        stopped = false;
    }

    /** Forgets a stop that has ended a fit. One that was asked for since then stays. */
    void goOnAfterStop() {
        if (stopped) forgetStop();
    }

    /** Whether a fit was stopped, and none has run since. */
    boolean stopped() {
        return stopped;
    }

    void askForCheckpoint() {
        if (target == null) {
            throw new IllegalStateException(
                    "No checkpoint can be made here, because nothing takes it: register a Checkpoints callback, and ask in a fit.");
        }
        asked = true;
    }

    void use(CheckpointTarget target) {
        if (fits != 1 || identity == null)
            throw new IllegalStateException("Checkpoints are made of fits that are not nested: begin one first.");
        if (this.target != null) {
            throw new IllegalStateException("The checkpoints of this fit go to " + this.target
                    + " already: register one callback that takes them, and not two.");
        }
        this.target = target;
    }

    void beginFit() {
        if (++fits == 1) depth = learner.runDepth();
    }

    /** What the checkpoints of the fit are of. */
    void begin(RunIdentity identity) {
        this.identity = identity;
    }

    /** Ends a fit. Completes the checkpoints of the outermost one. */
    void endFit() {
        if (--fits > 0) return;
        asked = false;
        CheckpointTarget used = target;
        target = null;
        identity = null;
        if (used != null) used.close();
    }

    /**
     * Does what was asked for. In a run that a handler has started it waits for the end of that run: the handler would go on with half of
     * its result. A fit that goes on from a checkpoint is not at the place yet whose state it has.
     *
     * @param epoch the epoch of the part; at its start, the next one
     * @param batch the number of batches of the part that have ended
     * @throws CancelFitException to stop the fit
     */
    void reached(Progress.Part part, int epoch, int batch) throws CancelFitException {
        boolean atEnd = part == Progress.Part.END;
        boolean stops = stop && !atEnd;
        if (!asked && !stops || fits == 0 || learner.runDepth() > depth || learner.resuming()) return;
        if (atEnd && stopped) return; // the fit has not ended: its checkpoint is where it stopped
        save(new Progress(learner.fitsEnded(), part, epoch, batch, learner.run().pass));
        if (!stops) return;
        stopped = true;
        throw CancelFitException.INSTANCE;
    }

    private void save(Progress here) {
        CheckpointTarget to = target;
        RunIdentity of = identity;
        if (to == null || of == null) return;
        asked = false;
        if (learner.madeOptimizer() == null) {
            throw new IllegalStateException(
                    "The learner was closed in after_fit, so that its last checkpoint cannot be made: close it after the fit.");
        }
        try (CheckpointContent content = LearnerState.of(learner, of, here)) {
            to.save(here.label(), content);
        }
    }
}
