package invalid.name_clash;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class Outer_Inner { // ! name-clash
    @On(Event.BEFORE_FIT)
    void start() {}
}
