package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rondo.Learner;
import dev.rondo.UncaughtCancelException;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.spi.CallbackTable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Custom events: one callback fires them, others handle them. */
class CustomEventTest {
    @EventType(within = Scope.BATCH)
    @Target(ElementType.METHOD)
    @interface AfterScore {
        int order() default 0;
    }

    @EventType
    @interface Unhandled {
        int order() default 0;
    }

    static final class Firing {
        final List<String> calls = new ArrayList<>();

        @On(Event.AFTER_PRED)
        void score(Learner learner) {
            calls.add("score");
            learner.fire(AfterScore.class);
            learner.fire(Unhandled.class);
            calls.add("scored");
        }

        @On({Event.AFTER_LOSS, Event.AFTER_CANCEL_BATCH, Event.AFTER_BATCH, Event.AFTER_FIT})
        void note(Event event) {
            calls.add(event.name());
        }
    }

    /** Only events of its own: a callback like any other. */
    static class Hearing {
        final List<String> calls;
        private final String name;

        Hearing(String name, List<String> calls) {
            this.name = name;
            this.calls = calls;
        }

        @AfterScore
        void hear(boolean training) {
            calls.add(name + " " + (training ? "train" : "valid"));
        }
    }

    @Callback(order = 8, runs = Phase.TRAIN)
    static final class Training extends Hearing {
        Training(List<String> calls) {
            super("training", calls);
        }

        @AfterScore(order = -1)
        @On(value = Event.AFTER_FIT, order = 30)
        void first() {
            calls.add("first");
        }

        @AfterScore
        @Writes("pred")
        Tensor half(Tensor pred) {
            return pred.mul(torch.tensor(0.5));
        }
    }

    static final class Stopping {
        @AfterScore(order = 1)
        void stop(boolean training) throws CancelBatchException, CancelFitException {
            if (training) throw CancelBatchException.INSTANCE;
            throw CancelFitException.INSTANCE;
        }
    }

    @Test
    void handlersRunInOrderAndInTheirPhases() {
        Firing firing = new Firing();
        try (Learner learner =
                Learners.with(firing, new Training(firing.calls), new Hearing("hearing", firing.calls))) {
            learner.fit(1, 0.1);
        }
        List<String> expected = List.of(
                "score",
                "first",
                "hearing train",
                "training train",
                "scored",
                "AFTER_LOSS",
                "AFTER_BATCH", // training
                "score",
                "hearing valid",
                "scored",
                "AFTER_LOSS",
                "AFTER_BATCH", // validation
                "AFTER_FIT",
                "first");
        assertEquals(expected, firing.calls);
    }

    @Test
    void aCancelReachesTheScopesAroundTheHandlerThatFires() {
        Firing firing = new Firing();
        try (Learner learner = Learners.with(firing, new Stopping())) {
            learner.fit(2, 0.1);
        }
        List<String> expected = List.of("score", "AFTER_CANCEL_BATCH", "AFTER_BATCH", "score", "AFTER_FIT");
        assertEquals(expected, firing.calls);
    }

    @Test
    void firedOutsideOfARunACancelHasNothingToCancel() {
        try (Learner learner = Learners.with(new Stopping())) {
            Assertions.assertThrows(UncaughtCancelException.class, () -> learner.fire(AfterScore.class));
        }
    }

    @Test
    void anEventThatNobodyHandlesIsNothing() {
        try (Learner learner = Learners.with()) {
            learner.fire(Unhandled.class);
        }
    }

    @Test
    void aTableTellsItsEvents() {
        CallbackTable<Learner> table = CustomEventTest_Training_Callbacks.of(new Training(new ArrayList<>()));
        assertEquals(4, table.size()); // hear is the base's
        for (int own : new int[] {0, 1, 3}) {
            assertNull(table.event(own));
            assertEquals(AfterScore.class, table.customEvent(own));
            assertEquals(Scope.BATCH, table.within(own));
        }
        assertEquals(Event.AFTER_FIT, table.event(2));
        assertNull(table.customEvent(2));
        assertNull(table.within(2));
        assertEquals(
                List.of(Double.NaN, -1.0, 30.0, Double.NaN),
                List.of(table.order(0), table.order(1), table.order(2), table.order(3)));
    }
}
