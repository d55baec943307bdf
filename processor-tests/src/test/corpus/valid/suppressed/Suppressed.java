package valid.suppressed;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

@SuppressWarnings({"rondo:shadow-field", "rondo:looks-like-handler"})
class Suppressed {
    Tensor loss;

    void beforeBatch() {}

    @SuppressWarnings("rondo:cancel-no-effect")
    @On(Event.AFTER_FIT)
    void end() throws CancelFitException {}

    @On(Event.BEFORE_BATCH)
    void early(@SuppressWarnings("rondo:attribute-not-ready") Tensor pred) {}
}
