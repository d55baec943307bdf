package dev.rondo.event;

/** Skips the optimizer's step, from {@link Event#BEFORE_STEP} only. The gradients are still zeroed. */
public final class CancelStepException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelStepException INSTANCE = new CancelStepException();

    private CancelStepException() {
        super(Scope.STEP);
    }
}
