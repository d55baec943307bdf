package invalid.custom_learner;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class CustomLearners {
    static class GanLearner extends Learner {
        private Tensor realScore;
        private int critics;

        GanLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
        public Tensor realScore() {
            return realScore;
        }

        public void setRealScore(Tensor value) {
            realScore = value;
        }

        @Attribute(owners = Owner.class)
        public int critics() {
            return critics;
        }

        public void setCritics(int value) {
            critics = value;
        }
    }

    @Callback(learner = GanLearner.class)
    static class Owner {
        @On(Event.BEFORE_BATCH)
        @Writes("critics")
        int count() {
            return 5;
        }
    }

    @Callback(learner = GanLearner.class)
    static class OwnLearner {
        Tensor realScore; // ! shadow-field

        void setCritics(int value) {} // ! shadow-setter

        @On(Event.BEFORE_BATCH)
        void early(Tensor realScore) {} // ! attribute-not-ready

        @On(Event.AFTER_LOSS)
        void misspelt(Tensor realScor) {} // ! unknown-attribute

        @On(Event.AFTER_LOSS)
        void mistyped(String realScore) {} // ! attribute-type

        @On(Event.AFTER_LOSS)
        @Writes("critics") // ! attribute-read-only
        int owned() {
            return 1;
        }

        @On(Event.AFTER_LOSS)
        @Writes("realScore")
        int wrong() { // ! attribute-type
            return 1;
        }
    }

    static class WithoutPromise {
        @On(Event.AFTER_LOSS)
        void unknown(Tensor realScore) {} // ! unknown-attribute
    }
}
