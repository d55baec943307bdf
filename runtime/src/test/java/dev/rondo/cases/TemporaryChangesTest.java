package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.ProgressCallback;
import dev.rondo.Undo;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.loss.Loss;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Groups M and N: temporary changes of a learner, and the output of ProgressCallback. */
class TemporaryChangesTest extends Fixture {
    private List<String> names() {
        return learner.callbacks().stream().map(CallbackHandle::name).toList();
    }

    /** Fails while a temporary change is in effect. */
    private static void failWithin(Supplier<Undo> change, Runnable check) {
        assertThrows(ArithmeticException.class, () -> {
            try (Undo undo = change.get()) {
                check.run();
                throw new ArithmeticException();
            }
        });
    }

    @Test
    void m11_switchesAreRestoredAfterAFailure() {
        learner();
        failWithin(learner::noLogging, () -> assertFalse(learner.logging()));
        Loss before = learner.lossFunction();
        Loss other = (pred, yb) -> pred.sum();
        failWithin(() -> learner.lossReplacedBy(other), () -> assertSame(other, learner.lossFunction()));
        assertTrue(learner.logging());
        assertSame(before, learner.lossFunction());
    }

    @Test
    void noLoggingNests() {
        learner();
        try (Undo outer = learner.noLogging()) {
            learner.noLogging().close();
            assertFalse(learner.logging());
        }
        assertTrue(learner.logging());
    }

    @Test
    void temporarilyAddedCallbacksAreRemoved_unlessTheyWereRegisteredBefore() {
        Tracer added = new Tracer();
        learner();
        failWithin(() -> learner.addedCallbacks(added, tracer), () -> learner.fit(0));
        assertEquals("BF AF", added.take());
        assertEquals(List.of("train_eval", "recorder", "T"), names());
        assertTrue(traced.registered());
    }

    @Test
    void noneIsAddedIfOneCannotBe() {
        learner();
        Tracer added = new Tracer();
        assertThrows(IllegalArgumentException.class, () -> learner.addedCallbacks(added, "no callback"));
        assertThrows(IllegalArgumentException.class, () -> learner.fit(1, fit -> fit.callbacks(added, new Tracer())));
        assertThrows(
                ArithmeticException.class,
                () -> learner.fit(
                        1,
                        fit -> fit.callback("late", added, handle -> {
                            throw new ArithmeticException();
                        })));
        assertEquals(List.of("train_eval", "recorder", "T"), names());
        assertTrace("");
    }

    @Test
    void temporarilyRemovedCallbacksReturnAsTheLast() {
        learner();
        traced.runsIn(Phase.VALID, false).order(7);
        learner.add("other", Callbacks.on(Event.BEFORE_FIT, l -> {}));
        CallbackHandle recorder = learner.handle(learner.recorder());
        failWithin(() -> learner.removedCallbacks(recorder, traced), () -> {
            assertEquals(List.of("train_eval", "other"), names());
            learner.fit(1);
        });
        assertTrace("");
        assertEquals(List.of("train_eval", "other", "recorder", "T"), names());
        learner.fit(1);
        assertTrace("BF BE BT t t AT BV AV AE AF"); // with the switches it had
        assertEquals(7, learner.handle(tracer).order());
    }

    @Test
    void anUnregisteredCallbackDoesNotReturn() {
        learner();
        learner.remove(traced);
        learner.removedCallbacks(traced).close();
        assertEquals(List.of("train_eval", "recorder"), names());
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ProgressCallback progress() {
        return new ProgressCallback().withoutBar().withOutput(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void n7_printsALineForEachEpoch_andAMissingCellIsBlank() {
        build(given(Numbers.batches(2), Numbers.of()).metrics(mae()));
        learner.add(progress());
        learner.fit(1);
        assertEquals(
                List.of(
                        "epoch  train_loss  valid_loss         mae     time",
                        "    0   12.022715                            00:00"),
                lines());
    }

    @Test
    void aLongNameHasAWideColumn() {
        build(given(Numbers.batches(2), Numbers.of()).metrics(mae().withName("how_far_it_is_off")));
        learner.add(progress());
        learner.fit(1);
        assertEquals(
                List.of(
                        "epoch  train_loss  valid_loss  how_far_it_is_off     time",
                        "    0   12.022715                                   00:00"),
                lines());
    }

    @Test
    void nothingIsPrintedWithoutLoggingOrByValidations() {
        learner(progress());
        try (Undo quiet = learner.noLogging()) {
            learner.fit(1);
        }
        learner.validate();
        learner.getPreds(learner.dataLoaders().valid()).close();
        assertEquals(List.of(), lines());
    }

    @Test
    void n9_progressRequiresARecorder() {
        learner = given().defaultCallbacks(false).callbacks(progress()).build();
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "This learner has no Recorder: it was built without default callbacks.",
                e.getCause().getMessage());
    }

    @Test
    void closingAgainDoesNothing() {
        learner();
        Undo context = learner.context();
        Undo removed = learner.removedCallbacks(traced);
        Undo logging = learner.noLogging();
        for (Undo undo : List.of(logging, removed, context)) {
            undo.close();
            undo.close();
        }
        Thread other = new Thread(() -> learner.fit(1)); // it would be rejected if the calls were miscounted
        int[] failures = new int[1];
        other.setUncaughtExceptionHandler((t, e) -> failures[0]++);
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertEquals(0, failures[0]);
    }

    @Test
    void aCallbackOfAFitIsRemoved_evenIfItWasRemovedAndAddedAgain() {
        learner();
        Object guest = Callbacks.on(Event.AFTER_LOSS, l -> {});
        Object meddler = Callbacks.on(Event.AFTER_EPOCH, l -> {
            l.remove(l.handle(guest));
            l.add(guest);
        });
        learner.add(meddler);
        learner.fit(1, fit -> fit.callbacks(guest));
        assertTrue(learner.callbacks().stream().noneMatch(h -> h.callback() == guest));
    }
}
