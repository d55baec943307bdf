package dev.rondo.event;

import java.util.Objects;

/**
 * Thrown by a handler to leave a {@link Scope} early. The loop catches it where the scope ends, fires the scope's
 * {@code AFTER_CANCEL_} event, then its {@code AFTER_} event, and goes on after it.
 *
 * <p>Cancels are control flow, not errors: each kind has one shared instance without stack trace or message, thrown as
 * {@code throw CancelBatchException.INSTANCE}. They are checked, so that a handler's {@code throws} clause tells which it may raise;
 * the processor rejects one that nothing could catch.
 *
 * @see <a href="https://docs.fast.ai/callback.core.html">fastai, callback.core: CancelBatchException and the others</a>
 */
public abstract sealed class CancelException extends Exception
        permits CancelFitException,
                CancelEpochException,
                CancelTrainException,
                CancelValidException,
                CancelBatchException,
                CancelBackwardException,
                CancelStepException {
    private static final long serialVersionUID = 1;

    private final Scope scope;

    CancelException(Scope scope) {
        super(null, null, false, false);
        this.scope = Objects.requireNonNull(scope);
    }

    /** The scope that this cancel leaves. */
    public final Scope scope() {
        return scope;
    }

    /** The cancel of a scope. */
    public static CancelException of(Scope scope) {
        return switch (scope) {
            case FIT -> CancelFitException.INSTANCE;
            case EPOCH -> CancelEpochException.INSTANCE;
            case TRAIN -> CancelTrainException.INSTANCE;
            case VALIDATE -> CancelValidException.INSTANCE;
            case BATCH -> CancelBatchException.INSTANCE;
            case BACKWARD -> CancelBackwardException.INSTANCE;
            case STEP -> CancelStepException.INSTANCE;
        };
    }

    /** Reading one from a stream gives the shared instance. */
    final Object readResolve() {
        return of(scope);
    }

    /** The simple name of the class: a cancel has no message. */
    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
