package invalid.never_fires;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;

class NeverFiring {
    @Callback(runs = Phase.VALID)
    static class NeverFires {
        @On({Event.AFTER_FIT, Event.BEFORE_BACKWARD, Event.AFTER_BATCH}) // ! never-fires
        void backward() {}
    }

    @Callback(runs = Phase.TRAIN, kinds = RunKind.VALIDATE)
    static class TrainsInValidations {
        @On(Event.AFTER_BATCH) // ! never-fires
        void batch() {}

        @On(Event.AFTER_FIT)
        void fit() {}
    }

    @Callback(runs = Phase.VALID, kinds = RunKind.LR_FIND)
    static class ValidatesInSearches {
        @On(Event.AFTER_PRED) // ! never-fires
        void pred() {}
    }

    @Callback(kinds = {RunKind.VALIDATE, RunKind.PREDICT}, nested = false)
    static class Evaluates {
        @On({Event.AFTER_CREATE, Event.BEFORE_FIT, Event.BEFORE_TRAIN}) // ! never-fires
        void train() {}

        @On(Event.AFTER_BATCH)
        void batch() {}
    }

    @Callback(kinds = RunKind.PREDICT)
    static class Predicts {
        @On({Event.AFTER_FIT, Event.AFTER_CANCEL_FIT}) // ! never-fires
        void fit() {}
    }
}
