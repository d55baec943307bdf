package dev.rondo;

import dev.rondo.event.CancelException;
import java.util.Objects;

/**
 * Thrown when a cancel leaves the outermost call, because no scope of its kind was open around the handler that threw it. If no scope could
 * ever catch the cancel, the annotation processor reports it when the callback is compiled. This exception covers the other cases, for
 * example a {@code CancelTrainException} during a validation.
 */
public final class UncaughtCancelException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String callback;
    private final String event;

    UncaughtCancelException(String callback, String event, CancelException cancel) {
        super(
                cancel + " from '" + callback + "' at " + event + " has nothing to cancel there: no " + cancel.scope()
                        + " scope is open around that handler.",
                cancel);
        this.callback = callback;
        this.event = event;
    }

    /** The name of the callback that threw it. */
    public String callback() {
        return callback;
    }

    /** The event at which it was thrown, for example {@code after_batch}. */
    public String event() {
        return event;
    }

    /** The cancel. */
    public CancelException cancel() {
        return (CancelException) Objects.requireNonNull(getCause());
    }
}
