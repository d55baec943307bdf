package dev.rondo.event;

/** Ends this batch without step or zeroing: its gradients, if there are any, add to the next batch's. */
public final class CancelBatchException extends CancelException {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final CancelBatchException INSTANCE = new CancelBatchException();

    private CancelBatchException() {
        super(Scope.BATCH);
    }
}
