package invalid.order_value;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class OrderValue {
    @Callback(order = Double.NaN) // ! order-value
    static class OfTheClass {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    static class OfHandlers {
        @On(value = Event.AFTER_FIT, order = 1.0 / 0) // ! order-value
        void end() {}

        @On(value = Event.BEFORE_FIT, order = Double.NaN) // ! order-value
        void begin() {}

        @On(value = Event.AFTER_EPOCH, order = -Double.MAX_VALUE)
        void epoch() {}
    }
}
