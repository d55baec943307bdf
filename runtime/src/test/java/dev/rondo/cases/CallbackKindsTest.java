package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_EPOCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.Undo;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code @Callback(kinds, nested)} at run time. */
class CallbackKindsTest extends Fixture {
    @Callback(kinds = RunKind.FIT)
    static final class InFits {
        final List<RunKind> runs = new ArrayList<>();
        int batches;

        @On(Event.BEFORE_FIT)
        void begin(RunKind kind) {
            runs.add(kind);
        }

        @On(Event.AFTER_BATCH)
        void count() {
            batches++;
        }
    }

    @Callback(kinds = {RunKind.PREDICT, RunKind.LR_FIND})
    static final class InPredictions {
        final List<RunKind> runs = new ArrayList<>();
        boolean created;

        @On(Event.AFTER_CREATE)
        void create() {
            created = true;
        }

        @On(Event.BEFORE_FIT)
        void begin(RunKind kind) {
            runs.add(kind);
        }
    }

    @Callback(nested = false)
    static final class Outermost {
        final List<Integer> depths = new ArrayList<>();

        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            depths.add(learner.runDepth());
        }
    }

    @Callback(kinds = RunKind.VALIDATE, nested = false)
    static final class OutermostValidation {
        final List<Integer> depths = new ArrayList<>();

        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            depths.add(learner.runDepth());
        }
    }

    private void runEachKind() {
        learner.fit(1);
        learner.validate();
        learner.getPreds(learner.dataLoaders().valid()).close();
        learner.lrFind();
    }

    @Test
    void aCallbackIsCalledOnlyInRunsOfItsKinds() {
        InFits inFits = new InFits();
        InPredictions inPredictions = new InPredictions();
        learner(inFits, inPredictions);
        runEachKind();
        assertEquals(List.of(RunKind.FIT), inFits.runs);
        assertEquals(3, inFits.batches); // two in training and one in validation
        assertEquals(List.of(RunKind.PREDICT, RunKind.LR_FIND), inPredictions.runs);
    }

    @Test
    void afterCreateReachesCallbacksOfAllKinds() {
        InPredictions callback = new InPredictions();
        build(given().callbacks(callback));
        assertTrue(callback.created);
    }

    @Test
    void withoutNestedACallbackIsNotCalledInAFitThatAHandlerStarts() {
        Outermost callback = new Outermost();
        learner(callback, nestedFit());
        learner.fit(1);
        assertEquals(List.of(1), callback.depths);
    }

    @Test
    void withoutNestedACallbackIsCalledInTheNestedFitThatItWasRegisteredFor() {
        Outermost callback = new Outermost();
        learner(nestedFit(callback));
        learner.fit(1);
        assertEquals(List.of(2), callback.depths);
    }

    @Test
    void runsThatBeganBeforeTheRegistrationDoNotCount() {
        Outermost callback = new Outermost();
        learner(Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runDepth() > 1) return;
            try (Undo added = l.addedCallbacks(callback)) {
                l.fit(0);
            }
        }));
        learner.fit(1);
        assertEquals(List.of(2), callback.depths);
    }

    @Test
    void aCallbackThatANestedRunHasRegisteredIsLaterLikeAnyOther() {
        Outermost callback = new Outermost();
        learner(Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runDepth() == 1) l.validate();
            else if (l.callback(Outermost.class).isEmpty()) l.add(callback);
        }));
        learner.fit(1);
        learner.add(Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runDepth() == 1) l.fit(0);
        }));
        learner.fit(1);
        assertEquals(List.of(1), callback.depths);
    }

    @Test
    void withoutNestedOnlyOuterRunsOfTheCallbacksKindsCount() {
        OutermostValidation callback = new OutermostValidation();
        learner(callback, Callbacks.on(AFTER_BATCH, l -> {
            if (l.runDepth() < 3) l.validate();
        }));
        learner.fit(0);
        assertEquals(List.of(), callback.depths);
        learner.fit(1);
        assertEquals(List.of(2, 2, 2), callback.depths);
    }

    /** Starts one fit in the first batch, with these callbacks. */
    private static Object nestedFit(Object... callbacks) {
        boolean[] started = new boolean[1];
        return Callbacks.on(AFTER_BATCH, l -> {
            if (started[0]) return;
            started[0] = true;
            l.fit(1, fit -> fit.callbacks(callbacks));
        });
    }

    @Test
    void showTrainingLoopListsTheCallbacksOfAFit() {
        learner(new InFits(), new InPredictions(), new Outermost());
        String beforeFit = learner.showTrainingLoop()
                .lines()
                .filter(line -> line.contains("before_fit"))
                .findFirst()
                .orElseThrow();
        assertTrue(beforeFit.contains("InFits"), beforeFit);
        assertTrue(beforeFit.contains("Outermost"), beforeFit);
        assertFalse(beforeFit.contains("InPredictions"), beforeFit);
    }

    @Test
    void theEndOfARunTurnsOnCallbacksThatDoNotTakePart() {
        learner(new InPredictions());
        CallbackHandle handle = learner.handle(learner.required(InPredictions.class));
        handle.run(false);
        learner.validate();
        assertTrue(handle.run());
    }
}
