package bodies.attribute_read_only;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.List;

/** Setters of what others own, behind methods, casts and functions. */
class OwnedThroughMethods {
    static class CountingLearner extends Learner {
        private long count;

        CountingLearner(LearnerBuilder builder) {
            super(builder);
        }

        @Attribute(owners = Counts.class)
        public long count() {
            return count;
        }

        public void setCount(long n) {
            count = n;
        }
    }

    @EventType(within = Scope.EPOCH)
    @Target(ElementType.METHOD)
    @interface Counted {
        int order() default 0;
    }

    @Callback(learner = CountingLearner.class)
    static class Counts {
        @On(Event.AFTER_BATCH)
        @Writes("count")
        void count(CountingLearner learner) {
            add(learner, 1);
        }

        static void add(CountingLearner learner, int n) {
            learner.setCount(learner.count() + n);
        }
    }

    @Callback(learner = CountingLearner.class)
    record Resets(boolean really) {
        @Counted
        void custom(CountingLearner learner) {
            if (really) set(0, learner);
        }

        private static <L extends CountingLearner> void set(long n, L learner) {
            learner.setCount(n); // ! attribute-read-only
        }

        @On({Event.BEFORE_FIT, Event.AFTER_FIT})
        void ends(Learner learner) {
            if (learner instanceof CountingLearner counting && really) counting.setCount(0); // ! attribute-read-only
            ((CountingLearner) learner).setCount(1); // ! attribute-read-only
            List.of(1L, 2L).forEach(n -> set(learner, n));
            learner.until(Scope.FIT, () -> ((CountingLearner) learner).setCount(2)); // ! attribute-read-only
        }

        private void set(Learner any, long n) {
            var counting = (CountingLearner) any;
            try {
                System.out.println(n);
            } finally {
                counting.setCount(n); // ! attribute-read-only
            }
        }
    }
}
