package dev.rondo.event;

/** Ends this validation. Legal while validating only. */
public final class CancelValidException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelValidException INSTANCE = new CancelValidException();

    private CancelValidException() {
        super(Scope.VALIDATE);
    }
}
