package bodies.undeclared_write;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

class UndeclaredWrites {
    @On(Event.AFTER_LOSS)
    void sneaky(Learner learner) {
        learner.setLossGrad(learner.lossGrad().mul(new Scalar(2))); // ! undeclared-write
    }

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad")
    void another(Learner learner) {
        learner.setLossGrad(learner.loss());
        learner.setLoss(learner.lossGrad()); // ! undeclared-write
    }

    @On(Event.AFTER_PRED)
    @Writes("pred")
    Tensor beside(Learner learner, Tensor pred) {
        learner.setBatch(Batch.of(learner.x(), pred)); // ! undeclared-write
        return pred.exp();
    }

    @On({Event.BEFORE_BATCH, Event.AFTER_PRED})
    void helped(Learner learner) {
        change(learner, 1);
    }

    @On(Event.BEFORE_BATCH)
    @Writes("batch")
    void declared(Learner learner) {
        change(learner, 2);
    }

    private void change(Learner learner, int n) {
        if (n > 0) {
            learner.setBatch(learner.batch()); // ! undeclared-write
        }
    }
}
