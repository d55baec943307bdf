package valid.shapes;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class Shapes {
    record InARecord(int loss, Tensor pred) {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    enum InAnEnum {
        ONE,
        TWO {
            @Override
            void end() {}
        };

        @On(Event.AFTER_FIT)
        void end() {}
    }

    interface InAnInterface {
        class Nested {
            @On(Event.AFTER_FIT)
            void end() {}
        }
    }

    static sealed class Sealed permits Permitted, Open {
        @On(Event.BEFORE_FIT)
        void start() {}
    }

    static final class Permitted extends Sealed {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    static non-sealed class Open extends Sealed {}

    static class Very {
        static class Deeply {
            static class Nested {
                @On(Event.AFTER_FIT)
                void end() {}
            }
        }
    }

    static class $Odd_Name$ {
        @On(Event.AFTER_FIT)
        void $_end_$() {}
    }

    static class Größe {
        @On(Event.AFTER_FIT)
        void schließen() {}
    }
}
