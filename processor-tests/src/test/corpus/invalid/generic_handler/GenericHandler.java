package invalid.generic_handler;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class GenericHandler {
    @On(Event.AFTER_PRED)
    <T extends Tensor> void any(Tensor pred) {} // ! generic-handler
}
