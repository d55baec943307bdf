package invalid.shadow_field;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class ShadowField {
    Tensor loss; // ! shadow-field
    int pred; // ! shadow-field
    final Tensor xb = null;
    static Tensor yb;
    @SuppressWarnings("rondo:shadow-field")
    Tensor lossGrad;

    @On(Event.AFTER_LOSS)
    void keep(Tensor loss) {}
}
