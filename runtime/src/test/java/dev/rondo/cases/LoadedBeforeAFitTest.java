package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.BEFORE_EPOCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static dev.rondo.event.Event.BEFORE_VALIDATE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.callback.WeightEMA;
import dev.rondo.event.CancelFitException;
import dev.rondo.optim.Hyper;
import dev.rondo.spi.StateReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

/** What is loaded outside of a run is there at once, and once more in the next fit behind before_fit, where callbacks begin anew. */
class LoadedBeforeAFitTest extends Fixture {
    /** Counts the epochs of a run, in fits and elsewhere. */
    static final class Count {
        @Checkpointed
        long count;

        @On(value = BEFORE_FIT, order = Double.POSITIVE_INFINITY)
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
    void itIsGivenOnce() {
        learner(count).loadCallbacks(counted(10));
        assertEquals(10, count.count);
        learner.fit(2);
        assertEquals(12, count.count);
        learner.fit(2);
        assertEquals(2, count.count);
    }

    @Test
    void onlyAFitUsesIt() {
        learner(count).loadCallbacks(counted(10));
        learner.validate();
        assertEquals(1, count.count);
        learner.getPreds(Numbers.batches(1)).close();
        assertEquals(1, count.count);
        learner.lrFind();
        assertEquals(1, count.count, "put back");
        learner.fit(2);
        assertEquals(12, count.count);
    }

    @Test
    void aFitInsideOfAnotherRunDoesNot() {
        learner(count).loadCallbacks(counted(10));
        long[] inside = new long[1];
        learner.add(Callbacks.on(BEFORE_VALIDATE, l -> {
            if (l.runDepth() > 1) return;
            l.fit(3);
            inside[0] = count.count;
        }));
        learner.validate();
        assertEquals(3, inside[0]);
        learner.fit(1);
        assertEquals(3, inside[0]);
        learner.fit(1);
        assertEquals(3, inside[0]);
    }

    @Test
    void aFitThatBeforeFitEndsLeavesItToTheNext() {
        learner(count).loadCallbacks(counted(10));
        learner.add("fails", Throw.once(BEFORE_FIT, CancelFitException.INSTANCE));
        learner.fit(1);
        learner.fit(1);
        assertEquals(11, count.count);
    }

    @Test
    void theLastOneCounts() {
        learner(count).loadCallbacks(counted(10));
        learner.loadCallbacks(counted(20));
        assertThrows(IllegalArgumentException.class, () -> learner.loadCallbacks(Map.of()));
        learner.fit(1);
        assertEquals(21, count.count);
    }

    @Test
    void insideOfARunItActsAtOnceAndOnlyThen() {
        learner(count).add("load", Callbacks.on(BEFORE_EPOCH, 1, l -> {
            if (l.epoch() == 0) l.loadCallbacks(counted(10));
        }));
        learner.fit(2);
        assertEquals(11, count.count);
        learner.remove(learner.callbacks().get(learner.callbacks().size() - 1));
        learner.fit(2);
        assertEquals(2, count.count);
    }

    @Test
    void theSavedStateMayChangeMeanwhile() {
        Map<String, Map<String, Object>> states =
                new HashMap<>(Map.of("R", new HashMap<>(counted(10).get("R"))));
        learner(count).loadCallbacks(states);
        states.get("R").put("count", 20L);
        learner.fit(1);
        assertEquals(11, count.count);
    }

    @Test
    void callbacksMayComeAndGoMeanwhile() {
        learner(count, new WeightEMA());
        learner.loadCallbacks(learner.saveCallbacks());
        learner.remove(learner.callbacks().get(learner.callbacks().size() - 1));
        learner.toFp16().fit(1);
        assertEquals(1, learner.callback(MixedPrecision.class).stream().count());
        assertEquals(1, count.count);
    }

    // ---- callbacks that are there for one fit

    /** The state at the end of the second epoch of three. */
    private Map<String, Map<String, Object>> stopped(Consumer<FitOptions> how) {
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner();
        learner.add("stop", Callbacks.on(AFTER_EPOCH, 100, l -> {
            if (l.epoch() < 1) return;
            states.add(l.saveCallbacks());
            throw CancelFitException.INSTANCE;
        }));
        learner.fitOneCycle(3, how);
        learner.close();
        return states.get(0);
    }

    @Test
    void aScheduleGoesOn() {
        learner().fitOneCycle(3);
        double[] whole = learner.recorder().hypers().get(Hyper.MOM);
        learner.close();
        Map<String, Map<String, Object>> states = stopped(fit -> {});
        learner().loadCallbacks(states);
        learner.fitOneCycle(3, fit -> fit.startEpoch(2));
        assertEquals(6, whole.length);
        assertArrayEquals(whole, learner.recorder().hypers().get(Hyper.MOM));
    }

    @Test
    void soDoCallbacksOfOneFit() {
        Map<String, Map<String, Object>> states = stopped(fit -> fit.callback("count", new Count()));
        learner().loadCallbacks(states);
        learner.fitOneCycle(3, fit -> fit.callback("count", count).startEpoch(2));
        assertEquals(5, count.count, "two epochs of the first fit, and three of which two are skipped");
    }

    @Test
    void aFitWithoutThemSaysSo() {
        Map<String, Map<String, Object>> states = stopped(fit -> {});
        learner().loadCallbacks(states);
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.fit(3));
        assertEquals(
                "There is state for 'schedule', a callback that was there for one fit, and this fit has none of that name. Fit"
                        + " with the callbacks of the fit that the state was saved in, or load the state without it.",
                e.getMessage());
        learner.fit(3); // from the start
    }

    @Test
    void aStateWithoutThemLetsThemBegin() {
        learner(count).loadCallbacks(counted(10));
        learner.fitOneCycle(1);
        assertEquals(11, count.count);
        assertEquals(2, learner.recorder().hypers().get(Hyper.LR).length);
    }

    // ---- memory

    /** Without waiting for the collector, which would free what nobody has closed. */
    private static void assertNoMore(List<Long> handles) {
        for (int i = 1; i < handles.size(); i++) assertTrue(handles.get(i) <= handles.get(i - 1), handles::toString);
    }

    @Test
    void whatIsKeptIsFreed() {
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner(new WeightEMA(.5), Callbacks.on(AFTER_EPOCH, l -> states.add(l.saveCallbacks())));
        learner.fit(1, .01);
        List<Runnable> uses = List.of(
                () -> learner.fit(1, .01), // gives it
                () -> learner.validate(), // leaves it, and the next load takes its place
                () -> assertThrows(IllegalArgumentException.class, () -> learner.loadCallbacks(Map.of())));
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            for (Runnable use : uses) {
                try (PointerScope memory = new PointerScope()) {
                    learner.loadCallbacks(states.get(0));
                    use.run();
                }
                StateReader.release(states.subList(1, states.size()));
                states.subList(1, states.size()).clear();
            }
            if (i >= 4) handles.add(Pointer.totalCount());
        }
        assertNoMore(handles);
    }

    @Test
    void theEndOfLearnerAndCallbackFreesIt() {
        learner(new WeightEMA(.5));
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner.add("save", Callbacks.on(AFTER_EPOCH, l -> states.add(l.saveCallbacks())));
        learner.fit(1, .01);
        List<Long> handles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (PointerScope memory = new PointerScope();
                    WeightEMA average = new WeightEMA(.5);
                    Learner closed = given().callback("R", average).build()) {
                closed.loadCallbacks(states.get(0));
            }
            handles.add(Pointer.totalCount());
        }
        assertNoMore(handles);
    }
}
