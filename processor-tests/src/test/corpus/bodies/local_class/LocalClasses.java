package bodies.local_class;

import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

class LocalClasses {
    @EventType
    @Target(ElementType.METHOD)
    @interface AfterUpload {
        int order() default 0;
    }

    static Object local() {
        class Counter {
            @On(Event.AFTER_FIT) void end() {} // ! local-class

            void other() {}
        }
        return new Counter();
    }

    private final Object anonymous = new Object() {
        @On(Event.AFTER_BATCH) // ! local-class
        void count() {}

        @AfterUpload // ! local-class
        void upload() {}
    };

    static Runnable inALambda() {
        return () -> {
            record Local(int n) {
                @On(Event.BEFORE_FIT) void begin() {} // ! local-class
            }
            System.out.println(new Local(1));
        };
    }
}
