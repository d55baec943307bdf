package dev.rondo.cases;

import static dev.rondo.cases.Throw.TRAINING;
import static dev.rondo.cases.Throw.VALIDATING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Learner;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Group D: a handler throws a cancel once in a fit of two epochs. A cancel that no open scope catches leaves the fit as an error that names
 * the handler and the event; in fastai it is the bare exception.
 */
class CancelsTest extends Fixture {
    private static final Predicate<Learner> ALWAYS = learner -> true;

    /** Throws it after the tracer, the first time that the condition holds. */
    private void cancelling(Event at, Predicate<Learner> when, CancelException cancel, String trace) {
        learner(Throw.once(at, when, cancel)).fit(2);
        assertTrace(trace);
    }

    private void escaping(Event at, Predicate<Learner> when, CancelException cancel, String trace) {
        learner(Throw.once(at, when, cancel));
        assertEscapes(cancel, at, () -> learner.fit(2));
        assertTrace(trace);
    }

    @Test
    void d1_cancelBatchAtBeforeBatch() {
        cancelling(BEFORE_BATCH, TRAINING, CancelBatchException.INSTANCE, "BF BE BT BB CB AB t AT BV v AV AE E AF");
    }

    @Test
    void d2_cancelBatchInValidation() {
        cancelling(
                AFTER_LOSS, VALIDATING, CancelBatchException.INSTANCE, "BF BE BT t t AT BV BB AP AL CB AB AV AE E AF");
    }

    @Test
    void d3_cancelBatchAfterItsStep() {
        cancelling(
                AFTER_STEP,
                ALWAYS,
                CancelBatchException.INSTANCE,
                "BF BE BT BB AP AL BW AW BS AS CB AB t AT BV v AV AE E AF");
    }

    @Test
    void d4_noBatchIsOpenAtAfterBatch() {
        escaping(AFTER_BATCH, TRAINING, CancelBatchException.INSTANCE, "BF BE BT t");
    }

    @Test
    void d5_cancelBackward() {
        cancelling(
                BEFORE_BACKWARD,
                ALWAYS,
                CancelBackwardException.INSTANCE,
                "BF BE BT BB AP AL BW CW AW BS AS AB t AT BV v AV AE E AF");
    }

    @Test
    void d6_noBackwardIsOpenAtAfterBackward() {
        escaping(AFTER_BACKWARD, ALWAYS, CancelBackwardException.INSTANCE, "BF BE BT BB AP AL BW AW");
    }

    @Test
    void d6_noBackwardIsOpenInTheStep() {
        escaping(BEFORE_STEP, ALWAYS, CancelBackwardException.INSTANCE, "BF BE BT BB AP AL BW AW BS");
    }

    @Test
    void d7_cancelStep_afterCancelStepReachesAllCallbacks() {
        Tracer second = new Tracer();
        learner(Throw.once(BEFORE_STEP, CancelStepException.INSTANCE));
        learner.add("T2", second).order(2);
        learner.fit(1);
        assertTrace("BF BE BT BB AP AL BW AW BS CS AS AB t AT BV v AV AE AF");
        assertEquals(
                Tracer.expand("BF BE BT BB AP AL BW AW CS AS AB t AT BV v AV AE AF"),
                second.take(),
                "after the callback that cancels: no BS");
    }

    @Test
    void d8_noStepIsOpenAtAfterStep() {
        escaping(AFTER_STEP, ALWAYS, CancelStepException.INSTANCE, "BF BE BT BB AP AL BW AW BS AS");
    }

    @Test
    void d8_noStepIsOpenElsewhere() {
        escaping(BEFORE_BATCH, TRAINING, CancelStepException.INSTANCE, "BF BE BT BB");
    }

    @Test
    void d9_cancelTrainAtBeforeTrain() {
        cancelling(BEFORE_TRAIN, ALWAYS, CancelTrainException.INSTANCE, "BF BE BT CT AT BV v AV AE E AF");
    }

    @Test
    void d10_cancelTrainAtAfterBatch() {
        cancelling(AFTER_BATCH, TRAINING, CancelTrainException.INSTANCE, "BF BE BT t CT AT BV v AV AE E AF");
    }

    @Test
    void d11_noTrainingIsOpenInAValidation() {
        escaping(BEFORE_BATCH, VALIDATING, CancelTrainException.INSTANCE, "BF BE BT t t AT BV BB");
    }

    @Test
    void d11_noValidationIsOpenInATraining() {
        escaping(BEFORE_BATCH, TRAINING, CancelValidException.INSTANCE, "BF BE BT BB");
    }

    @Test
    void d12_cancelValidAtBeforeValidate() {
        cancelling(BEFORE_VALIDATE, ALWAYS, CancelValidException.INSTANCE, "BF BE BT t t AT BV CV AV AE E AF");
    }

    @Test
    void d12_cancelValidInABatch() {
        cancelling(BEFORE_BATCH, VALIDATING, CancelValidException.INSTANCE, "BF BE BT t t AT BV BB CV AV AE E AF");
    }

    @Test
    void d13_cancelEpochInABatch() {
        cancelling(AFTER_PRED, TRAINING, CancelEpochException.INSTANCE, "BF BE BT BB AP CE AE E AF");
    }

    @Test
    void d14_cancelEpochAtBeforeEpoch_atAnyOrder() {
        for (double order : new double[] {1, 70}) { // fastai: fails below order 51, before the recorder's before_epoch
            line.close();
            line = new LinearModel();
            learner(Throw.once(BEFORE_EPOCH, order, ALWAYS, CancelEpochException.INSTANCE))
                    .fit(2);
            assertTrace("BF BE CE AE E AF");
            assertCells(learner.recorder().rows().get(0));
            assertCells(learner.recorder().rows().get(1), "train_loss", 12.0227, "valid_loss", 4.82725);
        }
    }

    @Test
    void d15_cancelEpochAtAfterValidate() {
        cancelling(AFTER_VALIDATE, ALWAYS, CancelEpochException.INSTANCE, "BF BE BT t t AT BV v AV CE AE E AF");
    }

    @Test
    void d16_noEpochIsOpenAtAfterEpoch() {
        escaping(AFTER_EPOCH, ALWAYS, CancelEpochException.INSTANCE, "BF E");
    }

    @Test
    void d17_cancelFitAtBeforeFit() {
        cancelling(BEFORE_FIT, ALWAYS, CancelFitException.INSTANCE, "BF CF AF");
    }

    @Test
    void d17_cancelFitAtBeforeFitBeforeTheTracer() {
        learner(Throw.once(BEFORE_FIT, -20, ALWAYS, CancelFitException.INSTANCE))
                .fit(2);
        assertTrace("CF AF");
    }

    @Test
    void d18_cancelFitAtAfterBatch_keepsTheMode() {
        cancelling(AFTER_BATCH, TRAINING, CancelFitException.INSTANCE, "BF BE BT t CF AF");
        assertTrue(learner.training());
        assertThrows(IllegalStateException.class, learner::loss);
        assertThrows(IllegalStateException.class, learner::batch);
    }

    @Test
    void d19_cancelFitAtAfterEpoch_recordsTheEpochIfTheRecorderRanBefore() {
        cancelling(AFTER_EPOCH, ALWAYS, CancelFitException.INSTANCE, "BF E CF AF");
        assertEquals(0, learner.recorder().rows().size());

        learner(Throw.once(AFTER_EPOCH, 60, ALWAYS, CancelFitException.INSTANCE))
                .fit(2);
        assertTrace("BF E CF AF");
        assertEquals(1, learner.recorder().rows().size());
    }

    @Test
    void d20_noFitIsOpenAtAfterFit_andTheAttributesAreKept() {
        escaping(AFTER_FIT, ALWAYS, CancelFitException.INSTANCE, "BF E E AF");
        assertClose(learner.loss().item_float(), 2.18868);
    }

    @Test
    void d22_cancelFitInALaterEpoch() {
        learner(Throw.once(BEFORE_TRAIN, l -> l.epoch() == 1, CancelFitException.INSTANCE))
                .fit(3);
        assertTrace("BF E BE BT CF AF");
        assertEquals(1, learner.recorder().rows().size());
        assertEquals(1, learner.epoch());
        assertEquals(2, learner.trainIter());
    }

    @Test
    void theMessageOfAnUncaughtCancel() {
        learner(Throw.once(AFTER_BATCH, CancelBatchException.INSTANCE));
        Exception e = assertThrows(IllegalStateException.class, () -> learner.fit(1));
        assertEquals(
                "CancelBatchException from 'R' at after_batch has nothing to cancel there: no BATCH scope is open around"
                        + " that handler.",
                e.getMessage());
        learner.fit(1); // the learner can be used again
    }
}
