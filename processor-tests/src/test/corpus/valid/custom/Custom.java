package valid.custom;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import org.bytedeco.pytorch.Tensor;

class Custom {
    @EventType(within = Scope.BATCH)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.METHOD)
    @interface AfterGeneratorStep {
        int order() default 0;
    }

    static class GanLearner extends Learner {
        private Tensor realScore;

        protected GanLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
        public Tensor realScore() {
            return realScore;
        }

        public void setRealScore(Tensor value) {
            realScore = value;
        }
    }

    @Callback(learner = GanLearner.class)
    static class Critic {
        @On(Event.AFTER_LOSS)
        @Writes("realScore")
        Tensor score(Tensor pred, GanLearner learner) {
            return pred;
        }

        @AfterGeneratorStep(order = 5)
        void judge(Tensor realScore) throws CancelBatchException, CancelTrainException, CancelEpochException {}
    }

    static class OnlyOwn {
        @AfterGeneratorStep
        void hear(Learner learner) {}
    }
}
