package dev.rondo;

/**
 * An exception that a callback's handler threw, with the callback, the event and the place in the run; the exception itself is the cause.
 * Cancels and {@link Error}s are never wrapped, nor is what the model, the loss, the loader or the optimizer throws.
 */
public final class CallbackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String callback;
    private final String event;

    CallbackException(String callback, Class<?> type, String event, String where, Throwable cause) {
        super("Exception occurred in `" + type.getSimpleName() + "` when calling event `" + event + "`" + where, cause);
        this.callback = callback;
        this.event = event;
    }

    /** The name under which the callback is registered. */
    public String callback() {
        return callback;
    }

    /** The event whose handler failed, as {@code before_batch}. */
    public String event() {
        return event;
    }
}
