package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.CheckpointMismatchException;
import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.callback.Checkpoints;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.optim.Optimizers;
import dev.rondo.spi.CallbackState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes between a learner and its checkpoint: stops, failures, cancels, and callbacks that are not what they were. */
class ResumeDifficultiesTest extends CheckpointFixture {
    @Test
    void aStopBeforeResumingIsNotForgotten() {
        String expected = whole();
        folder = folder.resolve("run");
        process(checkpoints(), stopsAt(3));
        learner.fit(3);
        process(checkpoints(), nothing());
        learner.stop();
        learner.resume(folder);
        learner.fit(3);
        assertTrue(learner.stopped());
        assertTrace("BF BE BT CF AF");
        process(checkpoints(), nothing());
        learner.fit(3);
        assertEquals(expected, outcome());
    }

    @Test
    void aRunGoesOnWithoutItsCheckpoints_orWithOthers() throws IOException {
        String expected = whole();
        Path run = folder = folder.resolve("run");
        for (Object[] callbacks :
                new Object[][] {{nothing(), nothing()}, {nothing(), new Checkpoints(folder.resolve("other"))}}) {
            if (Files.exists(run)) delete(run);
            process(checkpoints(), stopsAt(3));
            learner.fit(3);
            learner.close();
            build(given(line = new LinearModel(), Numbers.batches(4), Numbers.batches(2))
                    .metrics(mae())
                    .optimizer(Optimizers.sgd(.9, 0))
                    .lr(.01));
            learner.add("C4", callbacks[0]);
            if (callbacks[1] instanceof Checkpoints) learner.add(callbacks[1]);
            learner.resume(folder);
            learner.fit(3);
            assertEquals(expected, outcome());
        }
    }

    @Test
    void aCallbackThatAHandlerRegisteredAndNobodyRegistersAgainIsNamed() {
        Object adds = Callbacks.on(AFTER_EPOCH, l -> {
            if (l.epoch() == 0) l.add("late", nothing());
        });
        process(checkpoints(), adds, stopsAt(8));
        learner.fit(3);
        process(checkpoints(), nothing(), nothing());
        String message = assertThrows(CheckpointMismatchException.class, () -> learner.fit(3))
                .getMessage();
        assertTrue(message.contains("'late'"), message);
    }

    @Test
    void afterAHandlerHasFailed_theNextFitGoesOnFromTheCheckpoint() {
        String expected = whole();
        folder = folder.resolve("run");
        process(checkpoints(), stopsAt(3));
        learner.fit(3);
        boolean[] failed = new boolean[1];
        process(checkpoints(), Callbacks.on(Event.BEFORE_TRAIN, l -> {
            if (failed[0]) return;
            failed[0] = true;
            throw new IllegalStateException("once");
        }));
        assertThrows(CallbackException.class, () -> learner.fit(3));
        learner.fit(3);
        assertEquals(expected, outcome());
    }

    /** Otherwise it would train something else, and end with a checkpoint of it. */
    @ParameterizedTest
    @EnumSource(names = {"BEFORE_FIT", "BEFORE_EPOCH", "BEFORE_TRAIN"})
    void aHandlerThatCancelsWhatTheCheckpointIsInIsAnError(Event at) throws IOException {
        process(checkpoints(), stopsAt(3));
        learner.fit(3);
        List<String> before = names();
        process(checkpoints(), Callbacks.on(at, l -> {
            if (at == BEFORE_FIT) throw CancelFitException.INSTANCE;
            throw at == Event.BEFORE_TRAIN ? CancelTrainException.INSTANCE : CancelEpochException.INSTANCE;
        }));
        String message = assertThrows(CheckpointMismatchException.class, () -> learner.fit(3))
                .getMessage();
        assertTrue(message.contains("cancelled"), message);
        assertEquals(before, names());
    }

    @Test
    void aRequestAtTheEndOfAStoppedFitDoesNotEndIt() throws IOException {
        process(checkpoints(), stopsAt(3), Callbacks.on(Event.AFTER_FIT, Learner::requestCheckpoint));
        learner.fit(3);
        assertEquals("epoch-0-batch-3", labels());
    }

    /** What it computes belongs to the handler, which goes on with it. */
    @Test
    void aRunInAHandlerEndsBeforeTheFitStops() {
        List<Double> losses = new ArrayList<>();
        process(
                checkpoints(),
                Callbacks.on(AFTER_EPOCH, l -> {
                    if (l.runDepth() == 1) losses.add(l.validate().cells().get("valid_loss"));
                }),
                stopsAt(7));
        learner.fit(3);
        assertTrue(learner.stopped());
        assertEquals(List.of(learner.recorder().rows().get(0).cells().get("valid_loss")), losses);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateThatCannotBeSavedIsOneSentence(boolean async) {
        Checkpoints to = checkpoints();
        process(async ? to.async() : to, new Odd(), stopsAt(3));
        RuntimeException e = assertThrows(IllegalArgumentException.class, () -> learner.fit(3));
        assertTrue(e.getMessage().contains("LocalDate"), e.getMessage());
    }

    @Callback
    static final class Odd implements CallbackState {
        @On(BEFORE_FIT)
        void start() {}

        @Override
        public Map<String, Object> saveState() {
            return Map.of("day", LocalDate.EPOCH);
        }

        @Override
        public void loadState(Map<String, Object> state) {}
    }

    @Test
    void aLearnerThatIsClosedInAfterFitHasNoLastCheckpoint() {
        process(checkpoints(), Callbacks.on(Event.AFTER_FIT, Learner::close));
        String message =
                assertThrows(IllegalStateException.class, () -> learner.fit(1)).getMessage();
        assertTrue(message.contains("closed in after_fit"), message);
    }

    @Test
    void twoLearnersInOneFolderAreRefused() {
        process(checkpoints(), Callbacks.on(AFTER_EPOCH, l -> {
            if (l.epoch() == 0) l.requestCheckpoint();
            if (l.epoch() != 1) return;
            UncheckedIOException e = assertThrows(
                    UncheckedIOException.class, () -> given().build().resume(folder));
            assertTrue(e.getMessage().contains("is in use"), e.getMessage());
        }));
        learner.fit(2);
        learner.resume(folder);
        learner.resume(folder);
    }

    @Test
    void aFileInPlaceOfTheFolderIsOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        folder = folder.resolve("none");
        process(new Checkpoints(file));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertTrue(
                e.getCause().getMessage().contains(file.toString()),
                e.getCause().getMessage());
        UncheckedIOException r = assertThrows(UncheckedIOException.class, () -> learner.resume(file));
        assertTrue(r.getMessage().contains(file + ": it is not a folder"), r.getMessage());
    }
}
