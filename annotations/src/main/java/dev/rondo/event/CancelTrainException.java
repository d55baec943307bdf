package dev.rondo.event;

/** Ends the training part of this epoch; its validation follows. Legal while training only. */
public final class CancelTrainException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelTrainException INSTANCE = new CancelTrainException();

    private CancelTrainException() {
        super(Scope.TRAIN);
    }
}
