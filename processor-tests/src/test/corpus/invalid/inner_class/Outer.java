package invalid.inner_class;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class Outer {
    class InnerClass { // ! inner-class
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    @SuppressWarnings("rondo:inner-class")
    class Wanted {
        @On(Event.BEFORE_FIT)
        void start() {}
    }
}
