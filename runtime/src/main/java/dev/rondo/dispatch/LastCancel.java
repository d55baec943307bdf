package dev.rondo.dispatch;

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

    /** The name of the registration whose handler threw it; null before the first cancel. */
    public @Nullable String callback() {
        return registration == null ? null : registration.name();
    }

    /** The name of the event at which it was thrown; null before the first cancel. */
    public @Nullable String event() {
        return key == null ? null : key.name();
    }
}
