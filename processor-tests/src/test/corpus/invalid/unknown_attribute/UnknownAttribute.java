package invalid.unknown_attribute;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class UnknownAttribute {
    @On(Event.AFTER_LOSS)
    void parameter(
            Tensor loss,
            Tensor los) {} // ! unknown-attribute

    @On(Event.AFTER_LOSS)
    void read(
            @Read("los") Tensor value) {} // ! unknown-attribute

    @On(Event.AFTER_LOSS)
    @Writes({"loss", "los", "lossGrad"}) // ! unknown-attribute
    void write(Learner learner) {}
}
