package invalid.unused_suppression;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

@SuppressWarnings("rondo:shadow-feild") // ! unused-suppression
class UnusedSuppression {
    @SuppressWarnings({"unused", "rondo:"}) // ! unused-suppression
    @On(Event.AFTER_FIT)
    void end() {}
}
