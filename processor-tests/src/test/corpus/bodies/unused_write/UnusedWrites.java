package bodies.unused_write;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;

class UnusedWrites {
    @On(Event.AFTER_LOSS)
    @Writes("lossGrad") // ! unused-write
    void nothing(Learner learner) {
        System.out.println(learner.epoch());
    }

    @On(Event.AFTER_LOSS)
    @Writes({
        "loss",
        "pred", // ! unused-write
        "lossGrad"
    })
    void some(Learner learner) {
        if (learner.training()) learner.setLossGrad(learner.loss());
        helper(learner);
    }

    private static void helper(Learner learner) {
        learner.setLoss(learner.lossGrad());
    }

    @On(Event.BEFORE_BATCH)
    @Writes(value = {"batch", "pred"}) // ! unused-write
    void named(Learner learner) {
        learner.setBatch(learner.batch());
    }
}
