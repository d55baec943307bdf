package invalid.private_class;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class Outer {
    private static class PrivateClass { // ! private-class
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    private static class Hidden {
        static class Inside { // ! private-class
            @On(Event.BEFORE_FIT)
            void start() {}
        }
    }
}
