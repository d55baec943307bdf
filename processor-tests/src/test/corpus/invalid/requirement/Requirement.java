package invalid.requirement;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class Requirement {
    @On(Event.AFTER_LOSS)
    void path(
            Tensor loss,
            String path) {} // ! requirement

    @On(Event.AFTER_LOSS)
    void itself(
            Requirement other) {} // ! requirement
}
