package dev.rondo.benchmarks.dispatch;

import dev.rondo.Learner;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.benchmarks.dispatch.Counters.*;
import dev.rondo.spi.CallbackPlan;
import java.util.List;

/** Plans of the first 1, 5 and 20 callbacks. The processor generates a class for each plan. */
final class Plans {
    private Plans() {}

    @TrainingPlan({C1.class})
    interface Of1 {}

    @TrainingPlan({C1.class, C2.class, C3.class, C4.class, C5.class})
    interface Of5 {}

    @TrainingPlan({
        C1.class, C2.class, C3.class, C4.class, C5.class, C6.class, C7.class, C8.class, C9.class, C10.class, C11.class,
        C12.class, C13.class, C14.class, C15.class, C16.class, C17.class, C18.class, C19.class, C20.class
    })
    interface Of20 {}

    static CallbackPlan<Learner> of(List<Counter> c) {
        return switch (c.size()) {
            case 1 -> new Plans_Of1_Plan((C1) c.get(0));
            case 5 -> new Plans_Of5_Plan((C1) c.get(0), (C2) c.get(1), (C3) c.get(2), (C4) c.get(3), (C5) c.get(4));
            case 20 ->
                new Plans_Of20_Plan(
                        (C1) c.get(0),
                        (C2) c.get(1),
                        (C3) c.get(2),
                        (C4) c.get(3),
                        (C5) c.get(4),
                        (C6) c.get(5),
                        (C7) c.get(6),
                        (C8) c.get(7),
                        (C9) c.get(8),
                        (C10) c.get(9),
                        (C11) c.get(10),
                        (C12) c.get(11),
                        (C13) c.get(12),
                        (C14) c.get(13),
                        (C15) c.get(14),
                        (C16) c.get(15),
                        (C17) c.get(16),
                        (C18) c.get(17),
                        (C19) c.get(18),
                        (C20) c.get(19));
            default -> throw new IllegalArgumentException(c.size() + " callbacks");
        };
    }
}
