package dev.rondo;

import dev.rondo.torch.TorchException;

/**
 * Reports an exception that a handler threw, with the callback, the event and the place in the run. The exception is the cause; an
 * error of libtorch is a {@link TorchException}, whose message is part of this one. Cancels, {@link Error}s, and exceptions of model, loss,
 * loader and optimizer are never wrapped.
 */
public final class CallbackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String callback;
    private final String event;

    CallbackException(String callback, Class<?> type, String event, String where, Throwable cause) {
        super(
                "Exception occurred in `" + called(callback, type) + "` when calling event `" + event + "`" + where
                        + (cause instanceof TorchException ? ": " + cause.getMessage() : ""),
                cause);
        this.callback = callback;
        this.event = event;
    }

    /** What readers know the callback by: its class, or its name if it is a function or an object of a class without a name. */
    private static String called(String callback, Class<?> type) {
        return type == Callbacks.Function.class || type.isAnonymousClass() ? callback : type.getSimpleName();
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
