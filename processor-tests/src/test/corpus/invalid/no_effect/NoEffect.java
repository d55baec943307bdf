package invalid.no_effect;

import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Read;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class NoEffect {
    @On(Event.AFTER_FIT)
    void end() {}

    @Writes("loss") // ! no-effect
    Tensor writes(
            @Read("loss") Tensor value) { // ! no-effect
        return value;
    }

    static final class Part {
        @Checkpointed
        int count; // ! no-effect
    }

    abstract static class Base {
        @Checkpointed
        int count;
    }

    interface Attributes {
        @Attribute // ! no-effect
        void nothing();

        @Attribute // ! no-effect
        int of(int index);

        @Attribute // ! no-effect
        static int fixed() {
            return 1;
        }
    }
}
