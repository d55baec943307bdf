package valid.inherited.base;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

public abstract class Base {
    @On(Event.AFTER_LOSS)
    protected void judge(Tensor loss, int epoch) {}

    @On(Event.AFTER_FIT)
    void hidden() {}
}
