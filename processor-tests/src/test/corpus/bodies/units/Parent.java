package bodies.units;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

abstract class Parent implements Talking {
    protected Tensor last;
    protected Tensor forgotten;

    @On(Event.BEFORE_EPOCH)
    final void begin(Learner learner) {
        say(learner, "begin");
    }

    static void staticRead(String text, Learner learner) {
        System.out.println(text + learner.pred()); // ! attribute-not-ready
    }

    final void storeBoth(Tensor one, Tensor two) {
        last = one; // ! escaping-tensor
        forgotten = two;
    }

    protected double value(Tensor tensor) {
        return tensor.item_double(); // ! host-read
    }
}
