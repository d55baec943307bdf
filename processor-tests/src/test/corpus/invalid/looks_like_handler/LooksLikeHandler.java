package invalid.looks_like_handler;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class LooksLikeHandler {
    void beforeBach() {} // ! looks-like-handler

    void after_epoch() {} // ! looks-like-handler

    void onAfterFit() {} // ! looks-like-handler

    @On(Event.AFTER_LOSS)
    void keep(Tensor loss) {}
}
