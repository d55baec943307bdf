package bodies.attribute_read_only;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;

class OwnedAttributes {
    static class GanLearner extends Learner {
        private int round;
        private int budget;

        GanLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute(owners = Rounds.class)
        public int round() {
            return round;
        }

        public void setRound(int n) {
            round = n;
        }

        @Attribute
        public int budget() {
            return budget;
        }

        public void setBudget(int n) {
            budget = n;
        }
    }

    @Callback(learner = GanLearner.class)
    static class Rounds {
        @On(Event.BEFORE_EPOCH)
        @Writes("round")
        void next(GanLearner learner) {
            learner.setRound(learner.round() + 1);
        }
    }

    @Callback(learner = GanLearner.class)
    static class Others {
        @On(Event.BEFORE_EPOCH)
        void next(GanLearner learner) {
            learner.setRound(learner.round() + 1); // ! attribute-read-only
            learner.setBudget(3); // ! attribute-read-only
        }
    }
}
