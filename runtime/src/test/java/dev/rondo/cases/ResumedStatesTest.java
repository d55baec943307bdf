package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.BEFORE_EPOCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static dev.rondo.event.Event.BEFORE_VALIDATE;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.FitOptions;
import dev.rondo.ParamScheduler;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.callback.WeightEMA;
import dev.rondo.event.CancelFitException;
import dev.rondo.optim.Hyper;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.Schedules;
import dev.rondo.spi.StateReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

/** A fit restores resumed states once, after before_fit, in which callbacks reset themselves. */
class ResumedStatesTest extends Fixture {
    /** Counts the epochs of any run. */
    static final class Count {
        @Checkpointed
        long count;

        @On(value = BEFORE_FIT, order = 1e9)
        void begin() {
            count = 0;
        }

        @On(BEFORE_EPOCH)
        void add() {
            count++;
        }
    }

    private final Count count = new Count();

    private static Map<String, Map<String, Object>> counted(long count) {
        return Map.of("R", Map.of("@version", "1", "count", count));
    }

    @Test
    void aStateIsRestoredOnce() {
        learner(count).fit(2, fit -> fit.resume(counted(10)));
        assertEquals(12, count.count);
        learner.fit(2);
        assertEquals(2, count.count);
    }

    @Test
    void nestedRunsDoNotRestoreTheState() {
        long[] inside = new long[1];
        learner(count).add(Callbacks.on(BEFORE_VALIDATE, l -> {
            if (l.runDepth() > 1) return;
            l.fit(3);
            inside[0] = count.count;
        }));
        learner.fit(1, fit -> fit.resume(counted(10)));
        assertEquals(3, inside[0]);
    }

    @Test
    void aFitCancelledAtBeforeFitRestoresNoState() {
        learner(count).add("fails", Throw.once(BEFORE_FIT, CancelFitException.INSTANCE));
        learner.fit(1, fit -> fit.resume(counted(10)));
        assertEquals(0, count.count);
        learner.fit(1);
        assertEquals(1, count.count);
    }

    @Test
    void theSavedStateDoesNotChange() {
        Map<String, Map<String, Object>> states =
                new HashMap<>(Map.of("R", new HashMap<>(counted(10).get("R"))));
        learner(count).fit(1, fit -> fit.resume(states));
        assertEquals(11, count.count);
        assertEquals(counted(10), states);
    }

    // ---- states that do not fit

    private void assertRejected(String message, Map<String, Map<String, Object>> states) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.fit(1, fit -> fit.resume(states)));
        assertEquals(message, e.getMessage());
        assertTrace(""); // before any event
        assertTrue(learner.callbacks().stream().allMatch(h -> h.run()));
    }

    @Test
    void aMissingStateIsRejected() {
        learner(count);
        assertRejected(
                "There is no state for callback 'R', a Count. Resume with the callbacks that the state was saved with.",
                Map.of());
    }

    @Test
    void aStateWithoutACallbackIsRejected() {
        learner();
        assertRejected(
                "There is state for 'R', and no callback of that name has any. Resume with the callbacks that the state was"
                        + " saved with.",
                counted(10));
    }

    @Test
    void fineTuneCannotResume() {
        learner(count);
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> learner.fineTune(1, new FineTuning(), fit -> fit.resume(counted(10))));
        assertEquals(
                "fineTune makes two fits, and a state belongs to one of them: call freeze() or unfreeze(), then the fit that was"
                        + " stopped.",
                e.getMessage());
    }

    @Test
    void aStateOfAScheduleWithoutValuesIsAnError() {
        learner(new ParamScheduler(Hyper.LR, Schedules.constant(.1)));
        Map<String, Object> state = new HashMap<>(Map.of("@version", ""));
        state.put("@state", new HashMap<>(Collections.singletonMap("lr", null)));
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> learner.fit(1, fit -> fit.resume(Map.of("R", state))));
        assertEquals("In the state of callback 'ParamScheduler', 'lr' is null, not a list.", e.getMessage());
    }

    // ---- callbacks of one fit

    /** The state at the end of the second epoch of three. */
    private Map<String, Map<String, Object>> stopped(Consumer<FitOptions> how) {
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner();
        learner.add("stop", Callbacks.on(AFTER_EPOCH, 100, l -> {
            if (l.epoch() < 1) return;
            states.add(l.callbackStates());
            throw CancelFitException.INSTANCE;
        }));
        learner.fitOneCycle(3, how);
        learner.close();
        return states.get(0);
    }

    @Test
    void aScheduleResumes() {
        learner().fitOneCycle(3);
        double[] whole = learner.recorder().hypers().get(Hyper.MOM);
        learner.close();
        Map<String, Map<String, Object>> states = stopped(fit -> {});
        learner().fitOneCycle(3, fit -> fit.startEpoch(2).resume(states));
        assertEquals(6, whole.length);
        assertArrayEquals(whole, learner.recorder().hypers().get(Hyper.MOM));
    }

    @Test
    void callbacksOfOneFitResume() {
        Map<String, Map<String, Object>> states = stopped(fit -> fit.callback("count", new Count()));
        learner()
                .fitOneCycle(
                        3, fit -> fit.callback("count", count).startEpoch(2).resume(states));
        assertEquals(5, count.count, "two epochs of the first fit, and three of which two are skipped");
    }

    // ---- memory

    @Test
    void copiesOfAFitAreFreed() {
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner(new WeightEMA(.5), Callbacks.on(AFTER_EPOCH, l -> states.add(l.callbackStates())));
        learner.fit(1, .01);
        List<Runnable> uses = List.of(
                () -> learner.fit(1, fit -> fit.resume(states.get(0))),
                () -> assertThrows(IllegalArgumentException.class, () -> learner.fit(1, fit -> fit.resume(Map.of()))));
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            for (Runnable use : uses) {
                try (PointerScope memory = new PointerScope()) {
                    use.run();
                }
                StateReader.release(states.subList(1, states.size()));
                states.subList(1, states.size()).clear();
            }
            if (i >= 4) handles.add(Pointer.totalCount());
        }
        assertNoMoreHandles(handles); // not after garbage collection, which would free those that were not closed
    }
}
