package invalid.inherited.sub;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class Sub extends invalid.inherited.base.Base {
    @Override
    protected void judge(Tensor loss) {} // ! unannotated-override

    @On(Event.AFTER_FIT)
    void end(Tensor pred) {} // ! attribute-not-ready
}
