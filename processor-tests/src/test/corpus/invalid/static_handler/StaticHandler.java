package invalid.static_handler;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class StaticHandler {
    @On(Event.BEFORE_FIT)
    static void shared() {} // ! static-handler

    @On(Event.AFTER_FIT)
    private static void both() {} // ! private-handler static-handler
}
