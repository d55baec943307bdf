package valid.plain;

import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.event.RunKind;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.annotation.Writes;
import dev.rondo.Recorder;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import org.bytedeco.pytorch.Tensor;

@Callback(order = 10, runs = Phase.TRAIN)
public final class GradientPenalty {
    double total;

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad")
    Tensor penalize(Tensor lossGrad, @Read("pred") Tensor output) {
        return lossGrad;
    }

    @On(value = Event.BEFORE_STEP, order = 20)
    void skipEveryOther(int trainIter) throws CancelStepException {
        if (trainIter % 2 == 1) throw CancelStepException.INSTANCE;
    }

    @On({Event.AFTER_FIT, Event.AFTER_CANCEL_FIT})
    @Writes({"loss", "pred"})
    void report(Learner learner, CallbackHandle handle, RunKind kind, Recorder recorder) {}
}
