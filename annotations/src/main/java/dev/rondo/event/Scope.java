package dev.rondo.event;

/**
 * A stretch of a run that opens with a {@code BEFORE_} event and closes with an {@code AFTER_} event. Scopes nest: a fit holds epochs,
 * an epoch holds a training and a validation part, each holds batches, and a training batch holds a backward pass and a step, one after
 * the other. Each scope is left early by its own {@link CancelException}.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html">fastai, callback.core</a>
 */
public enum Scope {
    FIT,
    EPOCH,
    TRAIN,
    VALIDATE,
    BATCH,
    BACKWARD,
    STEP;

    /** The class of the cancel that leaves this scope. */
    public Class<? extends CancelException> cancel() {
        // A switch, not a field: the exceptions know their scope, and two classes must not initialise one another.
        return switch (this) {
            case FIT -> CancelFitException.class;
            case EPOCH -> CancelEpochException.class;
            case TRAIN -> CancelTrainException.class;
            case VALIDATE -> CancelValidException.class;
            case BATCH -> CancelBatchException.class;
            case BACKWARD -> CancelBackwardException.class;
            case STEP -> CancelStepException.class;
        };
    }
}
