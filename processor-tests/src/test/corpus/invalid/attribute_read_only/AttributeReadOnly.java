package invalid.attribute_read_only;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;

class AttributeReadOnly {
    @On(Event.BEFORE_EPOCH)
    @Writes("epoch") // ! attribute-read-only
    int owned() {
        return 1;
    }

    @On(Event.BEFORE_EPOCH)
    @Writes("nIter") // ! attribute-read-only
    void unsettable(Learner learner) {}
}
