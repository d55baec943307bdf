package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Group F: errors in handlers. No event fires after an error, and the attributes are kept, so that they can be inspected. */
class FailuresTest extends Fixture {
    /** Throws the given exception in one training batch. */
    static final class R {
        private final int at;
        private final Supplier<? extends Throwable> failure;

        R(int at, Supplier<? extends Throwable> failure) {
            this.at = at;
            this.failure = failure;
        }

        @On(value = Event.BEFORE_BATCH, order = 1)
        void fail(int trainIter) {
            if (trainIter != at) return;
            Throwable t = failure.get();
            if (t instanceof Error e) throw e;
            throw (RuntimeException) t;
        }
    }

    private CallbackException fails(int at, RuntimeException failure) {
        CallbackException e = assertThrows(
                CallbackException.class, () -> learner().fit(3, fit -> fit.callbacks(new R(at, () -> failure))));
        assertSame(failure, e.getCause());
        return e;
    }

    @Test
    void aFunctionIsCalledByItsName() {
        learner().add("mine", Callbacks.on(Event.BEFORE_BATCH, l -> {
            throw new IllegalStateException();
        }));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "Exception occurred in `mine` when calling event `before_batch` (epoch 0, batch 0)", e.getMessage());
    }

    @Test
    void f1_theErrorNamesTheHandler_andTheCallbacksOfTheFitAreRemoved() {
        CallbackException e = fails(0, new IllegalArgumentException("boom"));
        assertTrace("BF BE BT BB");
        assertEquals("Exception occurred in `R` when calling event `before_batch` (epoch 0, batch 0)", e.getMessage());
        assertEquals("r", e.callback());
        assertEquals("before_batch", e.event());
        assertEquals(
                List.of("train_eval", "recorder", "T"),
                learner.callbacks().stream().map(CallbackHandle::name).toList());
        assertTrue(learner.training());
        assertEquals(0.0, learner.loss().item_double());
    }

    @Test
    void f1_theErrorNamesTheEpochAndTheBatch() {
        assertEquals(
                "Exception occurred in `R` when calling event `before_batch` (epoch 1, batch 1)",
                fails(3, new IllegalStateException()).getMessage());
    }

    @Test
    void f1_outsideABatchTheErrorNamesNoBatch() {
        learner(Throw.failure(BEFORE_VALIDATE, new IllegalStateException()));
        Exception e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals("Exception occurred in `R` when calling event `before_validate` (epoch 0)", e.getMessage());
    }

    @Test
    void f3_anErrorWithoutAMessageIsWrappedToo() {
        CallbackException e = fails(0, new ArithmeticException());
        assertEquals(null, e.getCause().getMessage());
    }

    @Test
    void f4_javaLangErrorsAreNotWrapped() {
        Error error = new StackOverflowError();
        Error e = assertThrows(
                StackOverflowError.class, () -> learner().fit(1, fit -> fit.callbacks(new R(0, () -> error))));
        assertSame(error, e);
        assertTrace("BF BE BT BB");
        assertTrue(learner.callback(R.class).isEmpty());
    }

    /** Predicts for the validation data at the end of each validation. */
    static final class Predicting {
        private boolean inside;

        @On(Event.AFTER_VALIDATE)
        void predict(Learner learner) {
            if (inside) return;
            inside = true;
            learner.getPreds(learner.dataLoaders().valid()).close();
        }
    }

    @Test
    void f5_anErrorInANestedRunNamesBothHandlers() {
        RuntimeException failure = new IllegalArgumentException("zz");
        Predicting predicting = new Predicting();
        learner(Callbacks.on(AFTER_PRED, 1, l -> {
            if (predicting.inside) throw failure;
        }));
        learner.add(predicting);
        CallbackException outer = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals("predicting", outer.callback());
        assertEquals("after_validate", outer.event());
        CallbackException inner = (CallbackException) outer.getCause();
        assertEquals("R", inner.callback());
        assertEquals("after_pred", inner.event());
        assertSame(failure, inner.getCause());
    }

    @Test
    void f7_anErrorAtAfterFitClearsNothing() {
        learner(Throw.failure(AFTER_FIT, new ArithmeticException()));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals("after_fit", e.event());
        assertTrace("BF E AF");
        assertClose(learner.loss().item_float(), 4.82725);
    }

    @Test
    void f12_theNextFitStartsFresh() {
        fails(3, new ArithmeticException());
        assertEquals(1, learner.recorder().rows().size());
        assertTrue(learner.training());
        assertEquals(1, learner.epoch());
        assertEquals(3, learner.nEpoch());
        tracer.take();

        learner.fit(1);
        assertTrace("BF E AF");
        assertEquals(1, learner.recorder().rows().size());
        assertEquals(0, learner.epoch());
        assertEquals(1, learner.nEpoch());
        assertEquals(2, learner.trainIter());
    }
}
