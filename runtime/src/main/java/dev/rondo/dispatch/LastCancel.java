package dev.rondo.dispatch;

import static java.util.Objects.requireNonNull;

import dev.rondo.event.CancelException;
import org.jspecify.annotations.Nullable;

/** The last cancel that a handler threw. Cancels are shared instances, so their origin is stored here. */
public final class LastCancel<L> {
    private @Nullable CancelException cancel;
    private @Nullable Registration<L> registration;
    private @Nullable EventKey key;

    void set(CancelException cancel, Registration<L> registration, EventKey key) {
        this.cancel = cancel;
        this.registration = registration;
        this.key = key;
    }

    /** Whether this is the last cancel that a handler threw. */
    public boolean is(CancelException cancel) {
        return cancel == this.cancel;
    }

    /** The name of the registration whose handler raised it; to be called after {@link #is} has returned true. */
    public String callback() {
        return requireNonNull(registration).name();
    }

    /** The name of the event at which it was raised; to be called after {@link #is} has returned true. */
    public String event() {
        return requireNonNull(key).name();
    }
}
