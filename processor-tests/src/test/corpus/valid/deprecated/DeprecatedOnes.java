package valid.deprecated;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class DeprecatedOnes {
    @Deprecated
    static class Old {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Deprecated(forRemoval = true)
    static class Older {
        @Deprecated
        @On(Event.AFTER_FIT)
        void end() {}
    }
}
