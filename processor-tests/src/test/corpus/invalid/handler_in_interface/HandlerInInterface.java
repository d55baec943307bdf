package invalid.handler_in_interface;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

interface HandlerInInterface {
    @On(Event.AFTER_FIT)
    default void end() {} // ! handler-in-interface
}
