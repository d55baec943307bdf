package bodies.units;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

final class Child extends Parent {
    @On(Event.AFTER_PRED)
    void pred(Learner learner) {
        storeBoth(learner.pred(), learner.x());
        super.last = learner.pred(); // ! escaping-tensor
    }

    @On(Event.AFTER_LOSS)
    void loss(Tensor loss) {
        if (value(loss) > 3) System.out.println("large");
    }

    @On(Event.AFTER_BATCH)
    void forget() {
        forgotten = null;
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        staticRead("end", learner);
        Parent.staticRead("end", learner);
    }

    @Override
    public void say(Learner learner, String text) {
        System.out.println(text + learner.epoch());
    }
}
