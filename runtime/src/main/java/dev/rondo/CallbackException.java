package dev.rondo;

/**
 * Wraps an exception that a callback's handler threw, with the callback, the event and the position in the run; the exception itself is the
 * cause. Cancels and {@link Error}s are never wrapped, nor are exceptions of the model, the loss, the loader or the optimizer.
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

    /** The event whose handler failed, for example {@code before_batch}. */
    public String event() {
        return event;
    }
}
