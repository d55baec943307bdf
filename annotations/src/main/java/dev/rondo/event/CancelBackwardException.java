package dev.rondo.event;

/** Skips the backward pass, from {@link Event#BEFORE_BACKWARD} only. The optimizer still steps. */
public final class CancelBackwardException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelBackwardException INSTANCE = new CancelBackwardException();

    private CancelBackwardException() {
        super(Scope.BACKWARD);
    }
}
