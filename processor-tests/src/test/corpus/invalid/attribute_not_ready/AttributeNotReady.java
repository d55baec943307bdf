package invalid.attribute_not_ready;

import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class AttributeNotReady {
    @On(Event.BEFORE_BATCH)
    void early(Tensor loss) {} // ! attribute-not-ready

    @On({Event.AFTER_PRED, Event.AFTER_EPOCH})
    void late(
            @Read("pred") Tensor output) {} // ! attribute-not-ready
}
