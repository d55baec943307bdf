package invalid.checked_exception;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class CheckedException {
    @On(Event.AFTER_FIT)
    void write() throws CancelsNothing, IllegalStateException, java.io.IOException {} // ! checked-exception checked-exception

    static class CancelsNothing extends Exception {
        private static final long serialVersionUID = 1;
    }
}
