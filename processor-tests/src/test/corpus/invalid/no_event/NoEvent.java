package invalid.no_event;

import dev.rondo.annotation.On;

class NoEvent {
    @On({}) // ! no-event
    void never() {}
}
