package invalid.repeated_event;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class RepeatedEvent {
    @On({Event.BEFORE_BATCH, Event.AFTER_BATCH, Event.BEFORE_BATCH}) // ! repeated-event
    void twice() {}
}
