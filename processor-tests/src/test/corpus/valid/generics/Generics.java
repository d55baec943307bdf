package valid.generics;

import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

class Generics {
    static class Generic<T extends Comparable<T>, S extends List<? super T>> {
        @On(Event.AFTER_LOSS)
        void read(Tensor loss, List<? extends Tensor> xb) {}
    }

    static abstract class Source<T extends Tensor> {
        @On(Event.AFTER_PRED)
        @Writes("pred")
        T change(Tensor pred) {
            return null;
        }
    }

    static class Concrete extends Source<Tensor> {
        @Override
        @On(Event.AFTER_PRED)
        @Writes("pred")
        Tensor change(Tensor pred) {
            return pred;
        }
    }

    static class Covariant {
        @On(Event.AFTER_PRED)
        @Writes("pred")
        Tensor change(Tensor pred) {
            return pred;
        }
    }

    static class MoreCovariant extends Covariant {
        @Override
        @On(Event.AFTER_PRED)
        @Writes("pred")
        Special change(Tensor pred) {
            return new Special();
        }

        static class Special extends Tensor {}
    }

    static class Failing<E extends RuntimeException> {
        @On(Event.AFTER_EPOCH)
        void check() throws E {}
    }
}
