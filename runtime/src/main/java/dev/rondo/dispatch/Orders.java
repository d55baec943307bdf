package dev.rondo.dispatch;

import dev.rondo.spi.CallbackTable;

/** An order is a finite number. */
public final class Orders {
    private Orders() {}

    /**
     * Returns the order.
     *
     * @param what what has it, for the message
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public static double check(double order, String what) {
        if (Double.isFinite(order)) return order;
        throw new IllegalArgumentException("The order of " + what + " is a finite number, not " + order + ".");
    }

    /** Checks what a table answers, which may be written by hand: the order of each handler may be NaN, for none, and it has an event. */
    static void check(CallbackTable<?> table) {
        String name = table.callback().getClass().getName();
        check(table.order(), name);
        for (int handler = 0; handler < table.size(); handler++) {
            String which = "handler " + handler + " of " + name;
            double order = table.order(handler);
            if (!Double.isNaN(order)) check(order, which);
            if (table.event(handler) == null && table.customEvent(handler) == null) {
                throw new IllegalArgumentException("No event is given for " + which
                        + ". A table answers one from event(" + handler + ") or customEvent(" + handler + ").");
            }
        }
    }
}
