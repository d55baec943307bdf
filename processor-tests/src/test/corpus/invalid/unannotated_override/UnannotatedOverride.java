package invalid.unannotated_override;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class UnannotatedOverride {
    static class Base {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    static class Sub extends Base {
        @Override
        void start() {} // ! unannotated-override

        @On(Event.AFTER_FIT)
        void end() {}
    }
}
