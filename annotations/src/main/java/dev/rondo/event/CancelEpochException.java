package dev.rondo.event;

/** Ends this epoch; the next one follows. Gradients of a cancelled batch stay and add to those of the next. */
public final class CancelEpochException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelEpochException INSTANCE = new CancelEpochException();

    private CancelEpochException() {
        super(Scope.EPOCH);
    }
}
