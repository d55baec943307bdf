package invalid.inherited.base;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

public class Base {
    @On(Event.AFTER_LOSS)
    protected void judge(Tensor loss) {}

    @On(Event.AFTER_FIT)
    void hidden() {}

    protected Tensor pred; // ! shadow-field

    @On(Event.BEFORE_FIT)
    private void broken() {} // ! private-handler
}
