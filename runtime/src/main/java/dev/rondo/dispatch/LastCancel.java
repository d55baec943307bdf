package dev.rondo.dispatch;

import dev.rondo.event.CancelException;
import org.jspecify.annotations.Nullable;

/** The last cancel that a handler raised. Cancels are shared instances, so where one came from is kept here. */
public final class LastCancel<L> {
    private @Nullable CancelException cancel;
    private @Nullable Registration<L> registration;
    private @Nullable EventKey key;

    void set(CancelException cancel, Registration<L> registration, EventKey key) {
        this.cancel = cancel;
        this.registration = registration;
        this.key = key;
    }

    /** Whether a handler raised this cancel, and no other one since then. */
    public boolean is(CancelException cancel) {
        return cancel == this.cancel;
    }

    /** The name of the registration whose handler raised it; null before the first cancel. */
    public @Nullable String callback() {
        return registration == null ? null : registration.name();
    }

    /** The name of the event at which it was raised; null before the first cancel. */
    public @Nullable String event() {
        return key == null ? null : key.name();
    }
}
