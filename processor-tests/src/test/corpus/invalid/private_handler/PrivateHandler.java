package invalid.private_handler;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class PrivateHandler {
    @On(Event.BEFORE_FIT)
    private void hidden() {} // ! private-handler
}
