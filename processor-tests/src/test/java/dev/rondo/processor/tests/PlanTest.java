package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.On;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.event.*;
import dev.rondo.spi.CallbackPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The generated class of a plan does what the tables of its callbacks do. */
class PlanTest {
    /** What was called, and now and then something is done about it: by a random number, the same for plan and tables. */
    abstract static class Scripted {
        List<String> trace;
        Random random;
        double rate;

        void called(Learner learner) throws CancelBatchException, CancelEpochException, CancelFitException {
            trace.add(getClass().getSimpleName() + "." + learner.event() + (learner.training() ? "T" : "V"));
            if (random.nextDouble() >= rate) return;
            List<CallbackHandle> all = learner.callbacks();
            CallbackHandle other = all.get(random.nextInt(all.size()));
            switch (random.nextInt(11)) {
                case 0 -> other.run(!other.run());
                case 1 -> other.runsIn(Phase.TRAIN, random.nextBoolean());
                case 2 -> other.runsIn(Phase.VALID, random.nextBoolean());
                case 3 -> other.order(random.nextInt(5) - 2);
                case 4 -> learner.remove(other);
                case 5 -> throw CancelEpochException.INSTANCE;
                case 6 -> throw CancelBatchException.INSTANCE;
                case 7 -> throw CancelFitException.INSTANCE;
                case 8 -> learner.fire(Asked.class);
                case 9 -> {
                    if (learner.runDepth() < 3) learner.validate();
                    trace.add("back at " + learner.event());
                }
                default -> throw new IllegalArgumentException(getClass().getSimpleName() + " at " + learner.event());
            }
        }
    }

    @EventType
    @interface Asked {
        int order() default 0;
    }

    static class First extends Scripted {
        @Asked
        @SuppressWarnings("rondo:cancel-no-effect")
        void asked(Learner learner) throws CancelBatchException, CancelEpochException, CancelFitException {
            called(learner);
        }

        @On({
            Event.BEFORE_FIT, Event.BEFORE_EPOCH, Event.BEFORE_TRAIN, Event.BEFORE_BATCH, Event.AFTER_PRED,
            Event.AFTER_LOSS, Event.BEFORE_BACKWARD, Event.AFTER_BACKWARD, Event.BEFORE_STEP, Event.AFTER_STEP,
            Event.AFTER_CANCEL_BATCH, Event.AFTER_BATCH, Event.AFTER_TRAIN, Event.BEFORE_VALIDATE, Event.AFTER_VALIDATE,
            Event.AFTER_CANCEL_EPOCH, Event.AFTER_EPOCH, Event.AFTER_CANCEL_FIT, Event.AFTER_FIT
        })
        @SuppressWarnings("rondo:cancel-no-effect")
        void any(Learner learner) throws CancelBatchException, CancelEpochException, CancelFitException {
            called(learner);
        }
    }

    @Callback(order = 1)
    static final class Second extends First {}

    @Callback(runs = Phase.TRAIN)
    static final class Third extends First {
        @On(
                value = {Event.AFTER_BATCH, Event.BEFORE_STEP},
                order = -20)
        void early(Learner learner) {
            trace.add("early " + learner.event());
        }
    }

    @Callback(runs = Phase.VALID, order = -1)
    static final class Fourth extends First {}

    @TrainingPlan({TrainEvalCallback.class, First.class, Second.class, Recorder.class, Third.class, Fourth.class})
    interface Whole {}

    private record Set(List<String> trace, First a, Second b, Third c, Fourth d) {
        static Set of(long seed, double rate) {
            Set set = new Set(new ArrayList<>(), new First(), new Second(), new Third(), new Fourth());
            Random random = new Random(seed);
            for (Scripted s : List.of(set.a, set.b, set.c, set.d)) {
                s.trace = set.trace;
                s.random = random;
                s.rate = rate;
            }
            return set;
        }

        CallbackPlan<Learner> plan() {
            return new PlanTest_Whole_Plan(new TrainEvalCallback(), a, b, new Recorder(), c, d);
        }
    }

    @Test
    void aPlanAndTheTablesGiveTheSameTrace() {
        Set planned = Set.of(0, 0), tabled = Set.of(0, 0);
        run(Learners.given().plan(planned.plan()), planned, 2);
        run(tables(tabled), tabled, 2);
        assertTrue(planned.trace.size() > 100);
        assertEquals(tabled.trace, planned.trace);
    }

    @Test
    void soTheyDoWhenHandlersSwitchRemoveReorderCancelAndFail() {
        for (int seed = 0; seed < 300; seed++) {
            Set planned = Set.of(seed, 0.03), tabled = Set.of(seed, 0.03);
            String one = run(Learners.given().plan(planned.plan()), planned, 2);
            String other = run(tables(tabled), tabled, 2);
            assertEquals(tabled.trace, planned.trace, "seed " + seed);
            assertEquals(other, one, "seed " + seed);
        }
    }

    private static LearnerBuilder tables(Set s) {
        return Learners.given()
                .defaultCallbacks(false)
                .callbacks(new TrainEvalCallback(), s.a, s.b, new Recorder(), s.c, s.d);
    }

    /** Two fits and a validation; returns what failed. */
    private static String run(LearnerBuilder given, Set set, int epochs) {
        StringBuilder failures = new StringBuilder();
        try (Learner learner = given.build()) {
            for (Runnable call :
                    List.<Runnable>of(() -> learner.fit(epochs), () -> learner.validate(), () -> learner.fit(epochs))) {
                try {
                    call.run();
                } catch (RuntimeException e) { // of model and loss, too: who switches may be switched off
                    failures.append(e.getMessage().lines().findFirst().orElseThrow())
                            .append('\n');
                }
                set.trace.add("--");
            }
            learner.callbacks().forEach(h -> set.trace.add(h.name() + h.run() + h.order()));
        }
        return failures.toString();
    }

    @Test
    void theFailingCallbackIsNamed() {
        Set set = Set.of(0, 0);
        set.c.rate = 1;
        set.c.random = new Random() {
            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }
        };
        try (Learner learner = Learners.given().plan(set.plan()).build()) {
            CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
            assertTrue(e.getMessage().contains("`Third` when calling event `before_fit`"), e.getMessage());
        }
    }

    static final class Counting {
        int calls;

        @On({Event.BEFORE_BATCH, Event.AFTER_BATCH})
        void count() {
            calls++;
        }
    }

    @Callback(order = 1)
    static final class CountingLater {
        int calls;

        @On(Event.AFTER_BATCH)
        void count() {
            calls++;
        }
    }

    @TrainingPlan({Counting.class, CountingLater.class})
    interface Counted {}

    @Test
    void firingAllocatesNothing() throws CancelException {
        Counting counting = new Counting();
        PlanTest_Counted_Plan plan = new PlanTest_Counted_Plan(counting, new CountingLater());
        Dispatcher<Learner> dispatcher = new Dispatcher<>(null, (r, at, e) -> new IllegalStateException(e));
        dispatcher.use(
                plan,
                plan.tables().stream().map(t -> dispatcher.add(t, t.toString())).toList());
        assertTrue(dispatcher.runsPlan());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 30_000; i++) {
            if (i == 10_000) before = threads.getCurrentThreadAllocatedBytes();
            dispatcher.events().beforeBatch(Phase.TRAIN);
            dispatcher.events().afterBatch(Phase.TRAIN);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(60_000, counting.calls);
        assertTrue(allocated < 20_000, () -> allocated + " bytes in 40,000 events");
    }

    @TrainingPlan({Needs.class, Recorder.class})
    interface RequirementLast {}

    static final class Needs {
        int rows;

        @On(value = Event.AFTER_EPOCH, order = 51)
        void count(Recorder recorder) {
            rows = recorder.rows().size();
        }
    }

    @Test
    void whatAPlanDoesNotListIsThereAllTheSame() {
        Needs needs = new Needs();
        try (Learner learner = Learners.given()
                .plan(new PlanTest_RequirementLast_Plan(needs, new Recorder()))
                .build()) {
            learner.fit(2);
            assertEquals(List.of("train_eval", "needs", "recorder"), names(learner));
        }
        assertEquals(2, needs.rows);
    }

    @Test
    void aClassThatIsListedTwiceHasTwoNames() {
        try (Learner learner = Learners.given()
                .plan(new PlanTest_Twice_Plan(new Needs(), new Recorder(), new Needs()))
                .build()) {
            assertEquals(List.of("train_eval", "needs", "recorder", "needs_2"), names(learner));
        }
        assertFalse(PlanTest_Twice_Plan.class.isInterface());
    }

    @TrainingPlan({Needs.class, Recorder.class, Needs.class})
    @SuppressWarnings("rondo:plan-duplicate")
    interface Twice {}

    private static List<String> names(Learner learner) {
        return learner.callbacks().stream().map(CallbackHandle::name).toList();
    }
}
