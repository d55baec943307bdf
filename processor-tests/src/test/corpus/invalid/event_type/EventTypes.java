package invalid.event_type;

import dev.rondo.annotation.EventType;

class EventTypes {
    @EventType
    @interface NoOrder {} // ! event-type

    @EventType
    @java.lang.annotation.Target(java.lang.annotation.ElementType.FIELD)
    @interface OnFields { // ! event-type
        int order() default 0;
    }

    @EventType
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.SOURCE)
    @interface Lost { // ! event-type
        int order() default 0;
    }

    @EventType
    @java.lang.annotation.Repeatable(Again.All.class)
    @interface Again { // ! event-type
        int order() default 0;

        @interface All {
            Again[] value();
        }
    }

    static class Handling {
        @EventType
        private @interface Hidden {
            int order() default 0;
        }

        @Hidden // ! event-type
        void handle() {}
    }
}
