package invalid.learner_type;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class LearnerTypes {
    static class LearnerType {
        @On(Event.BEFORE_FIT)
        void special(
                GanLearner learner) {} // ! learner-type
    }

    static class GanLearner extends Learner {
        GanLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute
        public double realScore() {
            return 0;
        }
    }

    @Callback(learner = String.class) // ! learner-type
    static class NoLearner {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    @Callback(learner = GanLearner.class)
    static class Base {
        @On(Event.BEFORE_FIT)
        void start(double realScore) {}
    }

    @Callback(learner = Learner.class) // ! learner-type
    static class Sub extends Base {
        @On(Event.AFTER_FIT)
        void end() {}
    }
}
