package dev.rondo;

import static java.util.Objects.requireNonNull;

import dev.rondo.event.CancelException;

/**
 * A cancel left the outermost call, because no scope of its kind was open around the handler that raised it: a {@code CancelTrainException}
 * in a validation, for example. The processor rejects a cancel that no phase and no call could catch.
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
        return (CancelException) requireNonNull(getCause());
    }
}
