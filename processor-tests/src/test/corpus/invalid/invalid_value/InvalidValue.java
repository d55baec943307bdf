package invalid.invalid_value;

import dev.rondo.Learner;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;

class InvalidValue {
    @Callback(runs = {}) // ! invalid-value
    static class InNoPhase {
        @On(Event.AFTER_BATCH)
        void batch() {}
    }

    @Callback(kinds = {}) // ! invalid-value
    static class InNoRun {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Callback(runs = {Phase.TRAIN, Phase.TRAIN}) // ! invalid-value
    static class TrainsTwice {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Callback(kinds = {RunKind.FIT, RunKind.FIT}) // ! invalid-value
    static class Twice {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Callback(stateVersion = 0) // ! invalid-value
    static class OfNoVersion {
        @Checkpointed
        int count;

        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Callback(stateVersion = 2) // ! invalid-value
    static class WithoutState {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    static class Writing {
        @On(Event.AFTER_LOSS)
        @Writes({}) // ! invalid-value
        void nothing(Learner learner) {}

        @On(Event.AFTER_LOSS)
        @Writes({"loss", "lossGrad", "loss"}) // ! invalid-value
        void twice(Learner learner) {}
    }

    interface Attributes {
        @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_PRED) // ! invalid-value
        int before();

        @Attribute(writable = true, owners = Twice.class) // ! invalid-value
        int owned();
    }
}
