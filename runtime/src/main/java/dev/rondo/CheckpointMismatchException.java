package dev.rondo;

/** A checkpoint is that of another run, or does not fit the learner. The message names the checkpoint and all that differs. */
public final class CheckpointMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    CheckpointMismatchException(String message) {
        super(message);
    }

    CheckpointMismatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
