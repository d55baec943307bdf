package valid.overloads;

import dev.rondo.LearnerAttributes;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;

class Overloads {
    @On(Event.AFTER_LOSS)
    void h(int iter) {}

    @On(Event.AFTER_LOSS)
    void h(long iter) {}

    @On(Event.AFTER_LOSS)
    void h(Object loss) {}

    void h(String other) {}

    @On(Event.AFTER_LOSS)
    void wide(long trainIter, Integer epoch, double iter, LearnerAttributes any) {}
}
