package bodies.local_class;

import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.util.List;
import java.util.function.Supplier;

/** Handlers in classes that no generated code can name. */
class LocalShapes {
    interface Shape {
        default void end() {}
    }

    private static final List<Shape> SHAPES = List.of(new Shape() {
        @Override
        @On({Event.AFTER_FIT, Event.AFTER_EPOCH}) // ! local-class
        public void end() {}
    });

    enum Kind {
        ONE {
            @Override
            @On(Event.BEFORE_FIT) // ! local-class
            void begin() {}
        };

        void begin() {}
    }

    LocalShapes() {
        Supplier<Object> supplier = () -> new Object() {
            static final class Member {
                @On(Event.AFTER_BATCH) // ! local-class
                @HostRead
                void count() {}
            }
        };
        System.out.println(supplier.get());
    }

    static void inASwitch(int n) {
        switch (n) {
            case 0 -> {
                interface Local {
                    @On(Event.BEFORE_EPOCH) // ! local-class
                    void begin();
                }
                System.out.println(Local.class);
            }
            default -> System.out.println(n);
        }
    }
}
