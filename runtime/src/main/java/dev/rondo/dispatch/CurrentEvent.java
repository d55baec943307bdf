package dev.rondo.dispatch;

import dev.rondo.spi.Events;
import org.jspecify.annotations.Nullable;

/** The event whose handlers are running, whether tables or the code of a plan call them. */
final class CurrentEvent {
    private static final int NONE = -1;

    private Events events;
    private int number = NONE; // of the event for which tables are called
    private @Nullable EventKey custom; // which custom event, where the number says that it is one

    CurrentEvent(Events events) {
        this.events = events;
    }

    /** Uses the events of a plan, which knows itself for which event it calls handlers. */
    void use(Events events) {
        this.events = events;
    }

    /** The innermost event; null between events. */
    @Nullable
    EventKey get() {
        int innermost = number == NONE ? events.event() : number;
        if (innermost < 0) return null;
        return innermost == EventKey.CUSTOM ? custom : EventKey.of(innermost);
    }

    /** Whether tables are being called, for an event that no plan handles. */
    boolean inTables() {
        return number != NONE;
    }

    /** Tables are about to be called for an event. Returns what {@link #leave} takes. */
    int enter(int number) {
        int outer = this.number;
        this.number = number;
        return outer;
    }

    void leave(int outer) {
        number = outer;
    }

    /** A custom event is about to fire. Returns the one around it, to be given back with {@link #endCustom}. */
    @Nullable
    EventKey beginCustom(EventKey custom) {
        EventKey outer = this.custom;
        this.custom = custom;
        return outer;
    }

    void endCustom(@Nullable EventKey outer) {
        custom = outer;
    }
}
