package invalid.cancel_too_wide;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;

class CancelTooWide {
    @On(Event.BEFORE_FIT)
    void any() throws RuntimeException, CancelException {} // ! cancel-too-wide
}
