package dev.rondo.dispatch;

import dev.rondo.spi.Events;
import org.jspecify.annotations.Nullable;

/** The event whose handlers are running, whether tables or the code of a plan call them. */
final class CurrentEvent {
    private static final int NONE = -1;

    private Events events;
    private int number = NONE; // the number of the event that tables are handling
    private @Nullable EventKey custom; // the custom event, if the number is EventKey.CUSTOM

    CurrentEvent(Events events) {
        this.events = events;
    }

    /** Uses the events of a plan, which track the running event themselves. */
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

    /** Whether tables are handling an event. */
    boolean inTables() {
        return number != NONE;
    }

    /** Called before tables handle an event. Returns the argument for {@link #leave}. */
    int enter(int number) {
        int outer = this.number;
        this.number = number;
        return outer;
    }

    void leave(int outer) {
        number = outer;
    }

    /** Called before a custom event fires. Returns the outer custom event, the argument for {@link #endCustom}. */
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
