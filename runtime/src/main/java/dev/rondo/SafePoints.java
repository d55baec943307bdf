package dev.rondo;

import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.RunKind;
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
        if (fits != 1)
            throw new IllegalStateException("Checkpoints are made of fits that are not nested: begin one first.");
        if (this.target != null) {
            throw new IllegalStateException("The checkpoints of this fit go to " + this.target
                    + " already: register one callback that takes them, and not two.");
        }
        this.target = target;
    }

    void beginFit() {
        fits++;
    }

    /** Ends a fit. Completes the checkpoints of the outermost one. */
    void endFit() {
        if (--fits > 0) return;
        asked = false;
        CheckpointTarget used = target;
        target = null;
        if (used != null) used.close();
    }

    /**
     * Does what was asked for.
     *
     * @param epoch the epoch of the part; at its start, the next one
     * @param batch the number of batches of the part that have ended
     * @throws CancelFitException to stop the fit
     */
    void reached(Progress.Part part, int epoch, int batch) throws CancelFitException {
        boolean stops = stop && part != Progress.Part.END;
        if (!asked && !stops || fits == 0) return;
        if (learner.runDepth() == 1) save(new Progress(learner.fitsEnded(), part, epoch, batch));
        if (!stops) return;
        stopped = true;
        throw CancelFitException.INSTANCE;
    }

    private void save(Progress here) {
        CheckpointTarget to = target;
        if (to == null || learner.runKind() != RunKind.FIT) return;
        asked = false;
        try (CheckpointContent content = LearnerState.of(learner, here)) {
            to.save(here.label(), content);
        }
    }
}
