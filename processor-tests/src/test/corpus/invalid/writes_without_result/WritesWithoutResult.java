package invalid.writes_without_result;

import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class WritesWithoutResult {
    @On(Event.AFTER_LOSS)
    Tensor dropped(Tensor loss) { // ! writes-without-result
        return loss;
    }

    @On(Event.AFTER_LOSS)
    @Writes({"loss", "lossGrad"}) // ! writes-without-result
    Tensor one(Tensor loss) {
        return loss;
    }

    @On(Event.AFTER_LOSS)
    @Writes("loss") // ! writes-without-result
    void none() {}
}
