package invalid.name_clash;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class Outer {
    static class Inner {
        @On(Event.BEFORE_FIT)
        void start() {}
    }
}
