package dev.rondo.event;

/** Ends the fit: {@link Event#AFTER_CANCEL_FIT} and {@link Event#AFTER_FIT} follow. Legal everywhere but in those two. */
public final class CancelFitException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelFitException INSTANCE = new CancelFitException();

    private CancelFitException() {
        super(Scope.FIT);
    }
}
