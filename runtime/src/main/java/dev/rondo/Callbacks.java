package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.dispatch.Orders;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;

/**
 * Callbacks that are functions, for JShell, other languages, tests and one-liners. They are checked when they are added, not when they are
 * compiled. Usually a callback is a class with annotated methods.
 */
public final class Callbacks {
    private Callbacks() {}

    /** A handler that is a function. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Handles the event.
         *
         * @throws CancelException to cancel a scope
         */
        void handle(Learner learner) throws CancelException;
    }

    /** A callback of order 0 with one handler. */
    public static CallbackTable<Learner> on(Event event, Handler handler) {
        return on(event, 0, handler);
    }

    /**
     * A callback with one handler, for both phases.
     *
     * @param order its place among the handlers of the event: a finite number
     */
    public static CallbackTable<Learner> on(Event event, double order, Handler handler) {
        return new Function(
                Argument.given("event", event), Orders.check(order, "a handler"), Argument.given("handler", handler));
    }

    /** The table of a function, which is also the callback object. */
    static final class Function extends CallbackTable<Learner> {
        private final Event event;
        private final double order;
        private final Handler handler;

        Function(Event event, double order, Handler handler) {
            this.event = event;
            this.order = order;
            this.handler = handler;
        }

        @Override
        public Class<Learner> learnerType() {
            return Learner.class;
        }

        @Override
        public Object callback() {
            return this;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Event event(int number) {
            return event;
        }

        @Override
        public double order(int number) {
            return Double.NaN;
        }

        @Override
        public double order() {
            return order;
        }

        @Override
        public boolean runsIn(Phase phase) {
            return true;
        }

        @Override
        public void call(int number, Object learner) throws CancelException {
            handler.handle((Learner) learner);
        }

        @Override
        public String toString() {
            return "a function on " + event.lowerCaseName();
        }

        /** A name for the registration. Functions have no names, and an event may have several. */
        String name() {
            return "on_" + event.lowerCaseName() + "_" + Integer.toHexString(System.identityHashCode(this));
        }
    }
}
