package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Learner;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code kinds} and {@code nested} of {@code @Callback}: what generated tables answer, and which runs reach a callback. */
class RunFilterTest {
    abstract static class Runs {
        final List<String> runs = new ArrayList<>();

        @On(Event.BEFORE_FIT)
        void begin(RunKind kind, Learner learner) {
            runs.add(kind + (learner.runDepth() > 1 ? " nested" : ""));
        }
    }

    static class OfAllRuns extends Runs {}

    @Callback(kinds = RunKind.FIT)
    static class OfFits extends Runs {
        int batches;

        @On(Event.BEFORE_BATCH)
        void count() {
            batches++;
        }
    }

    @Callback(nested = false)
    static class OfOuterRuns extends Runs {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    @Callback(
            kinds = {RunKind.VALIDATE, RunKind.PREDICT},
            nested = false)
    static class OfValidations extends Runs {
        int created;

        @On(Event.AFTER_CREATE)
        void created() {
            created++;
        }
    }

    static class InheritsFits extends OfFits {
        @On(Event.AFTER_FIT)
        void end() {}
    }

    static class InheritsOuterRuns extends OfOuterRuns {
        @On(Event.BEFORE_EPOCH)
        void epoch() {}
    }

    @Callback(order = 1)
    static class StatesOptionsAnew extends OfFits {}

    @SuppressWarnings("rondo:invalid-value")
    @Callback(
            kinds = {RunKind.FIT, RunKind.FIT, RunKind.FIT, RunKind.FIT},
            runs = {Phase.TRAIN, Phase.TRAIN})
    static class Repeating extends Runs {
        int batches;

        @On(Event.BEFORE_BATCH)
        void count() {
            batches++;
        }
    }

    private static Set<RunKind> kinds(CallbackTable<?> table) {
        Set<RunKind> kinds = EnumSet.noneOf(RunKind.class);
        Arrays.stream(RunKind.values()).filter(table::runsIn).forEach(kinds::add);
        return kinds;
    }

    @Test
    void aTableTellsTheKindsOfRuns() {
        Set<RunKind> all = EnumSet.allOf(RunKind.class);
        assertEquals(all, kinds(RunFilterTest_OfOuterRuns_Callbacks.of(new OfOuterRuns())));
        assertEquals(EnumSet.of(RunKind.FIT), kinds(RunFilterTest_OfFits_Callbacks.of(new OfFits())));
        assertEquals(EnumSet.of(RunKind.FIT), kinds(RunFilterTest_InheritsFits_Callbacks.of(new InheritsFits())));
        assertEquals(all, kinds(RunFilterTest_StatesOptionsAnew_Callbacks.of(new StatesOptionsAnew())));
        assertEquals(EnumSet.of(RunKind.FIT), kinds(RunFilterTest_Repeating_Callbacks.of(new Repeating())));
        assertEquals(
                EnumSet.of(RunKind.VALIDATE, RunKind.PREDICT),
                kinds(RunFilterTest_OfValidations_Callbacks.of(new OfValidations())));
    }

    @Test
    void aTableTellsWhetherNestedRunsCount() {
        assertTrue(RunFilterTest_OfFits_Callbacks.of(new OfFits()).nested());
        assertFalse(RunFilterTest_OfOuterRuns_Callbacks.of(new OfOuterRuns()).nested());
        assertFalse(RunFilterTest_InheritsOuterRuns_Callbacks.of(new InheritsOuterRuns())
                .nested());
    }

    /** Validates and fits inside the outermost fit. */
    @Callback(kinds = RunKind.FIT, nested = false)
    static final class Nests {
        @On(Event.AFTER_EPOCH)
        void nest(Learner learner) {
            learner.validate();
            learner.fit(1);
        }
    }

    @Test
    void runsOfOtherKindsAndNestedOnesDoNotReachACallback() {
        OfAllRuns all = new OfAllRuns();
        OfFits fits = new OfFits();
        InheritsFits inherits = new InheritsFits();
        OfOuterRuns outer = new OfOuterRuns();
        OfValidations validations = new OfValidations();
        try (Learner learner = Learners.with(all, fits, inherits, outer, validations, new Nests())) {
            learner.fit(1);
            learner.validate();
        }
        assertEquals(List.of("FIT", "VALIDATE nested", "FIT nested", "VALIDATE"), all.runs);
        assertEquals(List.of("FIT", "FIT nested"), fits.runs);
        assertEquals(fits.runs, inherits.runs);
        assertEquals(List.of(4, 4), List.of(fits.batches, inherits.batches)); // one of training, one of validation
        assertEquals(List.of("FIT", "VALIDATE"), outer.runs);
        // A validation inside a fit is the outermost of the callback's kinds.
        assertEquals(List.of("VALIDATE nested", "VALIDATE"), validations.runs);
    }

    @Test
    void afterCreateReachesEveryCallback() {
        OfValidations validations = new OfValidations();
        Learners.with(validations).close();
        assertEquals(1, validations.created);
    }

    @Test
    void aCallbackOfOneFitIsCalledInThatFit() {
        OfOuterRuns outer = new OfOuterRuns();
        OfFits fits = new OfFits();
        try (Learner learner = Learners.with(new Nests())) {
            learner.fit(1, options -> options.callbacks(outer, fits));
            learner.fit(1);
        }
        assertEquals(List.of("FIT"), outer.runs);
        assertEquals(List.of("FIT", "FIT nested"), fits.runs);
    }

    /** Fits inside the outermost fit, with a callback that is registered for the nested fit alone. */
    @Callback(kinds = RunKind.FIT, nested = false)
    static final class NestsWith {
        final OfOuterRuns inner = new OfOuterRuns();

        @On(Event.AFTER_EPOCH)
        void nest(Learner learner) {
            learner.fit(1, options -> options.callbacks(inner));
        }
    }

    @Test
    void aNestedFitIsTheOutermostOfACallbackThatIsRegisteredForIt() {
        NestsWith nests = new NestsWith();
        try (Learner learner = Learners.with(nests)) {
            learner.fit(1);
        }
        assertEquals(List.of("FIT nested"), nests.inner.runs);
    }

    @TrainingPlan({TrainEvalCallback.class, OfFits.class, OfOuterRuns.class, Repeating.class, Nests.class})
    interface Whole {}

    @Test
    void aPlanFiltersAsTheTablesDo() {
        OfFits fits = new OfFits();
        OfOuterRuns outer = new OfOuterRuns();
        Repeating repeating = new Repeating();
        try (Learner learner = Learners.given()
                .plan(new RunFilterTest_Whole_Plan(new TrainEvalCallback(), fits, outer, repeating, new Nests()))
                .build()) {
            learner.fit(1);
            learner.validate();
        }
        assertEquals(List.of("FIT", "FIT nested"), fits.runs);
        assertEquals(List.of("FIT", "VALIDATE"), outer.runs);
        assertEquals(2, repeating.batches);
    }
}
