package bodies.inherited.sub;

import bodies.inherited.base.Base;
import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;

class Sub extends Base {
    @On(Event.BEFORE_FIT)
    @Writes("lossGrad")
    void start(Learner learner) {
        read(learner);
        unseen(learner);
    }

    @On(Event.AFTER_PRED)
    void keep(Learner learner) {
        super.store(learner.pred());
    }

    @Override
    protected void unseen(Learner learner) {}
}
