package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

/** Group C: which events a callback receives with its switches, in an epoch of one training and one validation batch. */
class FiltersTest extends Fixture {
    private void fitWith(CallbackTable<Learner> thrower, boolean train, boolean valid) {
        build(given(Numbers.batches(1), Numbers.batches(1)));
        learner.add(thrower);
        traced.runsIn(Phase.TRAIN, train).runsIn(Phase.VALID, valid);
        learner.fit(1);
    }

    private static CallbackTable<Learner> stepCancelled() {
        return Throw.always(BEFORE_STEP, 1, l -> true, CancelStepException.INSTANCE);
    }

    private static CallbackTable<Learner> batchCancelled() {
        return Throw.always(BEFORE_BATCH, 1, l -> true, CancelBatchException.INSTANCE);
    }

    @Test
    void c1_onInBothPhases() {
        fitWith(stepCancelled(), true, true);
        assertTrace("BF BE BT BB AP AL BW AW BS CS AS AB AT BV v AV AE AF");
    }

    @Test
    void c2_onInTrainingOnly() {
        fitWith(stepCancelled(), true, false);
        assertTrace("BF BE BT BB AP AL BW AW BS CS AS AB AT BV AV AE AF");
    }

    @Test
    void c3_onInValidationOnly() {
        fitWith(stepCancelled(), false, true);
        assertTrace("BF BE BT AT BV v AV AE AF"); // fastai: CS between BT and AT
    }

    @Test
    void c4_onInNeitherPhase() {
        fitWith(stepCancelled(), false, false);
        assertTrace("BF BE BT AT BV AV AE AF"); // fastai: CS between BT and AT
    }

    @Test
    void c5_aCancelledBackwardIsFilteredToo() {
        fitWith(Throw.always(BEFORE_BACKWARD, 1, l -> true, CancelBackwardException.INSTANCE), false, true);
        assertTrace("BF BE BT AT BV v AV AE AF");
    }

    @Test
    void c6_cancelledBatchesInTrainingOnly() {
        fitWith(batchCancelled(), true, false);
        assertTrace("BF BE BT BB CB AB AT BV AV AE AF");
    }

    @Test
    void c6_cancelledBatchesInValidationOnly() {
        fitWith(batchCancelled(), false, true);
        assertTrace("BF BE BT AT BV BB CB AB AV AE AF");
    }

    @Test
    void c7_theEndOfTheFitTurnsACallbackOnAgain() {
        learner();
        traced.run(false);
        learner.fit(1);
        assertTrace("");
        assertTrue(traced.run());
        learner.fit(1);
        assertTrace("BF E AF");
    }

    @Test
    void c8_turnedOffInAnEventItReceivesNoMoreEvents() {
        learner(Callbacks.on(BEFORE_TRAIN, 1, l -> traced.run(false)));
        learner.fit(2);
        assertTrace("BF BE BT");
        assertTrue(traced.run());
    }

    @Test
    void c9_itStaysOffIfTheFitFails() {
        learner(Throw.failure(AFTER_EPOCH, new ArithmeticException()));
        traced.run(false);
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertFalse(traced.run());
    }

    @Test
    void c10_itStaysOffIfAfterFitFailsEarlier() {
        learner(Throw.failure(AFTER_FIT, new ArithmeticException()));
        traced.run(false).order(5);
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertFalse(traced.run());
    }

    @Test
    void c11_aValidationTurnsItOnAgainToo() {
        learner();
        traced.run(false);
        learner.validate();
        assertTrace("");
        assertTrue(traced.run());
    }

    /** Has a field with the name of a learner's attribute. The field is final, or else this would not compile. */
    @Callback(runs = Phase.VALID)
    static final class Flagged {
        final boolean training = false;
        int trainBatches;

        @On(Event.BEFORE_BATCH)
        void count(Learner learner) {
            if (learner.training()) trainBatches++;
        }
    }

    @Test
    void c12_thePhaseIsThatOfTheLearner_notOfAFieldOfTheCallback() {
        Flagged flagged = new Flagged();
        learner(flagged).fit(1);
        assertEquals(0, flagged.trainBatches); // fastai: the callback's own 'training' counts
    }

    /** Has methods with the names of events. */
    static final class Model extends LinearModel {
        int calls;

        void before_epoch() {
            calls++;
        }

        void beforeEpoch() {
            calls++;
        }
    }

    @Test
    void c13_theModelIsNotACallback() {
        Model model = new Model();
        line = model;
        learner().fit(1);
        assertEquals(0, model.calls); // fastai: called once for each callback without that handler
    }

    @Test
    void c15_aConstantPredictionTrainsNothing() {
        List<Double> losses = new ArrayList<>();
        learner(
                Callbacks.on(
                        AFTER_PRED, l -> l.setPred(l.pred().mul(new Scalar(0.0)).add(new Scalar(1.0)))),
                Callbacks.on(AFTER_LOSS, l -> losses.add(l.loss().item_double())));
        learner.fit(1);
        assertEquals(List.of(10.0, 50.0, 10.0), losses);
        assertLine(0, 0);
    }
}
