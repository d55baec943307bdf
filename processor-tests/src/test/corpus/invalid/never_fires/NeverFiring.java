package invalid.never_fires;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;

class NeverFiring {
    @Callback(runs = Phase.VALID)
    static class NeverFires {
        @On({Event.AFTER_FIT, Event.BEFORE_BACKWARD, Event.AFTER_BATCH}) // ! never-fires
        void backward() {}
    }

    @Callback(runs = {})
    static class Never {
        @On(Event.AFTER_BATCH) // ! never-fires
        void batch() {}

        @On(Event.AFTER_FIT)
        void fit() {}
    }
}
