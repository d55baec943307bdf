package invalid.shadow_setter;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class ShadowSetter {
    void setLoss(Tensor value) {} // ! shadow-setter

    void pred(Tensor value) {} // ! shadow-setter

    Tensor loss(Tensor value) {
        return value;
    }

    @On(Event.AFTER_LOSS)
    void keep(Tensor loss) {}
}
