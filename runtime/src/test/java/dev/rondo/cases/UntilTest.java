package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Learner.until: resources are closed when their scope ends, however it ends. */
class UntilTest extends Fixture {
    private final List<String> closed = new ArrayList<>();

    /** A closeable that records its name. */
    private AutoCloseable named(String name) {
        return () -> closed.add(name);
    }

    /** Passes two closeables to until when the event first fires. */
    private void replacing(Event at, Scope scope) {
        boolean[] done = new boolean[1];
        learner(Callbacks.on(at, -1, l -> {
            if (done[0]) return;
            done[0] = true;
            l.until(scope, named("first"));
            l.until(scope, named("second"));
        }));
        for (Event e : List.of(AFTER_BATCH, AFTER_TRAIN, AFTER_VALIDATE, AFTER_EPOCH, AFTER_FIT)) {
            learner.add(e.lowerCaseName(), Callbacks.on(e, 100, l -> closed.add(e.lowerCaseName())));
        }
    }

    private void assertClosedAfter(String event) {
        int at = closed.indexOf("second");
        assertEquals(List.of("second", "first"), closed.subList(at, at + 2));
        assertEquals(event, at == 0 ? "" : closed.get(at - 1));
        assertEquals(
                2,
                closed.stream().filter(c -> c.length() > 4 && !c.contains("_")).count(),
                "once each");
    }

    @Test
    void resourcesAreClosedAfterTheAfterEvents_theLastOneFirst() {
        replacing(BEFORE_BATCH, Scope.BATCH);
        learner.fit(2);
        assertClosedAfter("after_batch");
    }

    @Test
    void atTheEndOfATraining() {
        replacing(AFTER_LOSS, Scope.TRAIN);
        learner.fit(2);
        assertClosedAfter("after_train");
    }

    @Test
    void atTheEndOfAValidation() {
        replacing(BEFORE_VALIDATE, Scope.VALIDATE);
        learner.fit(2);
        assertClosedAfter("after_validate");
    }

    @Test
    void atTheEndOfAnEpoch() {
        replacing(BEFORE_BATCH, Scope.EPOCH);
        learner.fit(2);
        assertClosedAfter("after_epoch");
    }

    @Test
    void atTheEndOfAFit() {
        replacing(BEFORE_BATCH, Scope.FIT);
        learner.fit(2);
        assertClosedAfter("after_fit");
    }

    @Test
    void atTheEndOfValidate() {
        replacing(BEFORE_BATCH, Scope.FIT);
        learner.validate();
        assertClosedAfter("after_fit");
    }

    @Test
    void everyCancelEndsTheTraining() {
        for (CancelException cancel :
                List.of(CancelTrainException.INSTANCE, CancelEpochException.INSTANCE, CancelFitException.INSTANCE)) {
            closed.clear();
            replacing(BEFORE_TRAIN, Scope.TRAIN);
            learner.add(Throw.once(AFTER_PRED, cancel));
            learner.fit(1);
            assertClosedAfter(
                    cancel.scope() == Scope.TRAIN ? "after_train" : ""); // otherwise after_train does not fire
        }
    }

    @Test
    void anErrorEndsAllScopesFromTheInnermostOn() {
        learner();
        for (Event e : List.of(BEFORE_FIT, BEFORE_EPOCH, BEFORE_TRAIN, BEFORE_BATCH)) {
            Scope scope = e.scope().orElseThrow();
            learner.add(e.lowerCaseName(), Callbacks.on(e, l -> l.until(scope, named(scope.name()))));
        }
        learner.add(Throw.failure(AFTER_LOSS, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(List.of("BATCH", "TRAIN", "EPOCH", "FIT"), closed);
    }

    @Test
    void anErrorAtTheStartOfAValidation() {
        learner(
                Callbacks.on(BEFORE_FIT, l -> l.until(Scope.FIT, named("fit"))),
                Throw.failure(BEFORE_EPOCH, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.validate());
        assertEquals(List.of("fit"), closed);
    }

    @Test
    void theInnermostOpenScopeOfTheKindIsUsed() {
        learner(Callbacks.on(BEFORE_FIT, l -> {
            String run = l.runKind().name();
            l.until(Scope.FIT, named(run));
        }));
        learner.add(Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runKind() != RunKind.FIT) return;
            l.validate();
            closed.add("after");
        }));
        learner.fit(1);
        assertEquals(List.of("VALIDATE", "after", "FIT"), closed);
    }

    @Test
    void withoutAnOpenScopeOfTheKindUntilFails() {
        learner(Callbacks.on(BEFORE_VALIDATE, l -> l.until(Scope.TRAIN, named("never"))));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "No TRAIN scope is open here, so nothing can last until its end.",
                e.getCause().getMessage());
        assertThrows(IllegalStateException.class, () -> learner.until(Scope.FIT, named("never")));
        assertEquals(List.of(), closed);
    }

    private AutoCloseable failing(Throwable failure) {
        return new AutoCloseable() {
            @Override
            public void close() throws Exception {
                if (failure instanceof Error e) throw e;
                throw (Exception) failure;
            }

            @Override
            public String toString() {
                return "the replacement";
            }
        };
    }

    /** Passes a closeable that fails between two that do not. */
    private void failingToClose(Throwable failure, Scope scope, Event at) {
        learner(Callbacks.on(at, -1, l -> {
            if (l.trainIter() > 0 || !closed.isEmpty()) return;
            l.until(scope, named("first"));
            l.until(scope, failing(failure));
            l.until(scope, named("last"));
        }));
    }

    @Test
    void aFailureToCloseIsThrownAfterTheRestIsClosed() {
        for (Throwable failure : List.of(new java.io.IOException("no"), new AssertionError("no"))) {
            closed.clear();
            failingToClose(failure, Scope.BATCH, BEFORE_BATCH);
            Exception e = assertThrows(IllegalStateException.class, () -> learner.fit(1));
            assertEquals("At the end of BATCH, what a callback had replaced could not be put back.", e.getMessage());
            assertSame(failure, e.getCause());
            assertEquals(List.of("last", "first"), closed);
            learner.fit(1); // the learner can be used again
        }
    }

    @Test
    void aFailureToCloseReplacesACancel() {
        for (CancelException cancel : List.of(CancelEpochException.INSTANCE, CancelBatchException.INSTANCE)) {
            closed.clear();
            failingToClose(new java.io.IOException("no"), Scope.BATCH, BEFORE_BATCH);
            learner.add(Throw.once(AFTER_PRED, cancel));
            assertThrows(IllegalStateException.class, () -> learner.fit(1), () -> "with " + cancel);
            assertEquals(List.of("last", "first"), closed);
        }
    }

    @Test
    void aFailureToCloseReplacesACancelOfAValidation() {
        failingToClose(new java.io.IOException("no"), Scope.FIT, BEFORE_FIT);
        learner.add("cancel", Throw.once(BEFORE_VALIDATE, CancelFitException.INSTANCE));
        Exception e = assertThrows(IllegalStateException.class, () -> learner.validate());
        assertEquals("At the end of FIT, what a callback had replaced could not be put back.", e.getMessage());

        closed.clear();
        failingToClose(new java.io.IOException("no"), Scope.FIT, BEFORE_FIT);
        learner.add("cancel", Throw.once(BEFORE_EPOCH, CancelValidException.INSTANCE));
        e = assertThrows(IllegalStateException.class, () -> learner.validate());
        assertEquals("At the end of FIT, what a callback had replaced could not be put back.", e.getMessage());
    }

    @Test
    void aFailureToCloseIsSuppressedInAnError() {
        failingToClose(new java.io.IOException("no"), Scope.BATCH, BEFORE_BATCH);
        learner.add(Throw.failure(AFTER_PRED, new ArithmeticException()));
        Exception e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "At the end of BATCH, what a callback had replaced could not be put back.",
                e.getSuppressed()[0].getMessage());
    }

    @Test
    void anErrorInTheLastEventsOfAValidationIsNotLostInACancel() {
        learner(
                Throw.failure(AFTER_EPOCH, new ArithmeticException()),
                Throw.once(BEFORE_BATCH, CancelFitException.INSTANCE));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.validate());
        assertEquals("after_epoch", e.event());
    }
}
