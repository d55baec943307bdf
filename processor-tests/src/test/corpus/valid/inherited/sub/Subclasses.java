package valid.inherited.sub;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class Subclasses {
    static class Sub extends valid.inherited.base.Base {
        @Override
        @On(Event.AFTER_LOSS)
        protected void judge(Tensor lossGrad, int trainIter) {}

        @On(Event.AFTER_FIT)
        void hidden() {}
    }

    static class Inheriting extends Sub {}

    @Callback(order = 3)
    static class WithOptions extends Inheriting {}
}
