package invalid.conflicting_override;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class ConflictingOverride {
    static class Base {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    static class Sub extends Base {
        @Override
        @On(Event.AFTER_FIT) // ! conflicting-override
        void start() {}
    }
}
