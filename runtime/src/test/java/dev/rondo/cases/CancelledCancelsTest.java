package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import org.junit.jupiter.api.Test;

/** Group E: throwing while a cancel is handled. The handlers of after_cancel_X are outside scope X, and after_X is then skipped. */
class CancelledCancelsTest extends Fixture {
    private void first(Event at, CancelException cancel, Event then, CancelException second) {
        learner(Throw.once(then, second), Throw.once(at, cancel));
    }

    @Test
    void e1_theSameCancelAgainLeavesTheFit() {
        first(BEFORE_BATCH, CancelBatchException.INSTANCE, AFTER_CANCEL_BATCH, CancelBatchException.INSTANCE);
        assertEscapes(CancelBatchException.INSTANCE, AFTER_CANCEL_BATCH, () -> learner.fit(2));
        assertTrace("BF BE BT BB CB");
    }

    @Test
    void e2_cancelTrainInACancelledBatch() {
        first(BEFORE_BATCH, CancelBatchException.INSTANCE, AFTER_CANCEL_BATCH, CancelTrainException.INSTANCE);
        learner.fit(2);
        assertTrace("BF BE BT BB CB CT AT BV v AV AE E AF");
    }

    @Test
    void e3_cancelBatchInACancelledStep() {
        first(BEFORE_STEP, CancelStepException.INSTANCE, AFTER_CANCEL_STEP, CancelBatchException.INSTANCE);
        learner.fit(1);
        assertTrace("BF BE BT BB AP AL BW AW BS CS CB AB t AT BV v AV AE AF");
    }

    @Test
    void e4_cancelEpochInACancelledBackward() {
        first(BEFORE_BACKWARD, CancelBackwardException.INSTANCE, AFTER_CANCEL_BACKWARD, CancelEpochException.INSTANCE);
        learner.fit(2);
        assertTrace("BF BE BT BB AP AL BW CW CE AE E AF");
    }

    @Test
    void e5_cancelEpochInACancelledTraining() {
        first(BEFORE_TRAIN, CancelTrainException.INSTANCE, AFTER_CANCEL_TRAIN, CancelEpochException.INSTANCE);
        learner.fit(2);
        assertTrace("BF BE BT CT CE AE E AF");
    }

    @Test
    void e6_cancelFitInACancelledEpoch() {
        first(BEFORE_TRAIN, CancelEpochException.INSTANCE, AFTER_CANCEL_EPOCH, CancelFitException.INSTANCE);
        learner.fit(2);
        assertTrace("BF BE BT CE CF AF");
    }

    @Test
    void e7_cancelFitInACancelledFitLeavesTheFit() {
        first(BEFORE_FIT, CancelFitException.INSTANCE, AFTER_CANCEL_FIT, CancelFitException.INSTANCE);
        assertEscapes(CancelFitException.INSTANCE, AFTER_CANCEL_FIT, () -> learner.fit(2));
        assertTrace("BF CF");
    }

    @Test
    void e8_anErrorInACancelledBatch() {
        RuntimeException failure = new IllegalArgumentException("no");
        learner(Throw.failure(AFTER_CANCEL_BATCH, failure), Throw.once(BEFORE_BATCH, CancelBatchException.INSTANCE));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(2));
        assertTrace("BF BE BT BB CB");
        assertSame(failure, e.getCause());
        assertEquals("after_cancel_batch", e.event());
    }
}
