package invalid.attribute_type;

import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import java.util.List;

class AttributeType {
    @On(Event.BEFORE_BATCH)
    void parameter(
            String trainIter) {} // ! attribute-type

    @On(Event.AFTER_PRED)
    @Writes("pred")
    int result() { // ! attribute-type
        return 1;
    }

    @On(Event.AFTER_PRED)
    void elements(List<String> xb) {} // ! attribute-type
}
