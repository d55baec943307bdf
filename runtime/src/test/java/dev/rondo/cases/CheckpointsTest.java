package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.AFTER_LOSS;
import static dev.rondo.event.Event.BEFORE_BATCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.CheckpointMismatchException;
import dev.rondo.Learner;
import dev.rondo.callback.Checkpoints;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.Monitor;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.Event;
import dev.rondo.log.Warnings;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkpoints of fits: when they are made, what goes on from them, and what is refused. */
class CheckpointsTest extends CheckpointFixture {
    // ---- where a checkpoint is made

    /** Whatever handler asks for a checkpoint: it has what the event has seen, and no batch is trained twice. */
    @ParameterizedTest
    @EnumSource(names = "AFTER_C.*", mode = EnumSource.Mode.MATCH_NONE)
    void aCheckpointThatAHandlerOfAnyEventAsksFor(Event at) throws IOException {
        String expected = whole();
        Path second = Files.createDirectories(folder.resolve("run"));
        folder = second;
        process(checkpoints().keepLast(100), requests(at, at == BEFORE_FIT ? 0 : 1));
        learner.fit(3);
        List<Path> made = new CheckpointStore(folder).checkpoints();
        boolean atEnd = at == Event.AFTER_FIT; // no epoch 1 is running
        assertEquals(atEnd ? 1 : 2, made.size(), made.toString());
        if (!atEnd) delete(made.get(1)); // the one at the end of the fit
        process(checkpoints(), nothing());
        learner.fit(3);
        assertEquals(expected, outcome());
    }

    @Test
    void afterTheLastBatchTheValidationIsWholeAndRunsOnce() {
        String expected = whole();
        folder = folder.resolve("run");
        process(checkpoints(), stopsAt(4));
        learner.fit(3);
        assertTrue(learner.stopped());
        process(checkpoints(), nothing());
        learner.fit(3);
        assertTrace("BF BE BT AT BV v v AV AE BE BT t t t t AT BV v v AV AE BE BT t t t t AT BV v v AV AE AF");
        assertEquals(expected, outcome());
    }

    @Test
    void insideAValidationOnlyItsRestRuns() {
        String expected = whole();
        folder = folder.resolve("run");
        process(checkpoints(), stopsAt(5));
        learner.fit(3);
        process(checkpoints(), nothing());
        learner.fit(3);
        assertTrue(tracer.take().startsWith(Tracer.expand("BF BE BV v AV AE BE BT t")));
        assertEquals(expected, outcome());
    }

    @Test
    void everyNthStepIsTheSameStepAfterResuming() throws IOException {
        process(new Checkpoints(folder).everySteps(3).keepLast(100), stopsAt(8));
        learner.fit(3);
        assertEquals("epoch-0-batch-3 epoch-1-batch-2", labels());
        process(new Checkpoints(folder).everySteps(3).keepLast(100), nothing());
        learner.fit(3);
        assertEquals("epoch-0-batch-3 epoch-1-batch-2 epoch-2-batch-1 epoch-2-batch-4 end", labels());
    }

    @Test
    void theLastThreeAreKept_andTheBest() throws IOException {
        double[] losses = {5, 4, 6, 7, 8};
        Object valid = Callbacks.on(AFTER_LOSS, 1, l -> {
            if (!l.training()) l.setLoss(torch.full(new long[0], new Scalar(losses[l.epoch()])));
        });
        process(new Checkpoints(folder).everyEpochs(1).keepLast(2).keepBest(Monitor.VALID_LOSS), valid);
        learner.fit(5);
        assertEquals("epoch-2-best epoch-5 end", labels());
    }

    // ---- stop

    @Test
    void aStopEndsTheFitBehindTheBatch_andFiresAfterFit() {
        process(stopsAt(2));
        learner.fit(3);
        assertTrace("BF BE BT t t CF AF");
        assertTrue(learner.stopped());
        learner.fit(1);
        assertTrace("");
        learner.goOn();
        learner.fit(1);
        assertFalse(learner.stopped());
    }

    @Test
    void aStopBetweenFitsEndsTheNextOneBeforeItsFirstBatch() {
        process();
        learner.stop();
        learner.fit(3);
        assertTrace("BF CF AF");
    }

    @Test
    void aStopEndsASearchForALearningRate() {
        process(stopsAt(1));
        assertEquals(1, learner.lrFind().measured().size());
        assertTrue(learner.stopped());
    }

    @Test
    void aStopInANestedRunEndsTheFitAroundIt() {
        process(checkpoints(), Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runDepth() > 1) return;
            l.stop();
            l.validate();
        }));
        learner.fit(3);
        assertTrue(learner.stopped());
        assertEquals(0, learner.epoch());
    }

    // ---- states

    @Test
    void patienceAndBestGoOn() {
        double[] losses = {5, 4, 6, 7, 8, 9};
        List<Integer> ended = new ArrayList<>();
        for (int stop : new int[] {-1, 6, 12, 18, 13}) {
            folder = folder.resolve("next");
            for (int process = 0; process < 2; process++) {
                process(
                        checkpoints(),
                        new EarlyStopping(Monitor.VALID_LOSS, 3),
                        Callbacks.on(AFTER_LOSS, 1, l -> {
                            if (!l.training()) l.setLoss(torch.full(new long[0], new Scalar(losses[l.epoch()])));
                        }),
                        process == 0 ? stopsAt(stop) : nothing());
                learner.fit(6);
            }
            ended.add(learner.epoch());
        }
        assertEquals(List.of(4, 4, 4, 4, 4), ended);
    }

    @Test
    void theSecondOfTwoFitsGoesOn_andTheFirstReturnsAtOnce() {
        process(checkpoints(), nothing());
        learner.fit(1);
        learner.fit(2, .005);
        String expected = outcome();
        folder = folder.resolve("run");
        process(checkpoints(), stopsAt(9));
        learner.fit(1);
        learner.fit(2, .005);
        process(checkpoints(), nothing());
        learner.fit(1);
        assertTrace("");
        learner.fit(2, .005);
        assertEquals(expected, outcome());
    }

    @Test
    void aRunThatHasEndedDoesNothingWhenItGoesOn() {
        String expected = whole();
        folder = folder.resolve("whole");
        process(checkpoints(), nothing());
        learner.fit(3);
        assertTrace("");
        assertEquals(expected, outcome());
    }

    // ---- what is passed over and refused

    @Test
    void aDamagedCheckpointIsPassedOverWithAWarning_andTheOneBeforeItUsed() throws IOException {
        String expected = whole();
        folder = folder.resolve("run");
        process(new Checkpoints(folder).everySteps(2), stopsAt(8));
        learner.fit(3);
        List<Path> made = new CheckpointStore(folder).checkpoints();
        Path newest = made.get(made.size() - 1);
        Files.write(newest.resolve("model.safetensors"), new byte[10]);
        List<String> warnings = Warnings.of(() -> process(new Checkpoints(folder).everySteps(2), nothing()));
        assertTrue(
                warnings.stream().anyMatch(w -> w.contains(newest.getFileName().toString())), warnings.toString());
        learner.fit(3);
        assertEquals(expected, outcome());
    }

    @Test
    void noValidCheckpointIsAnError() throws IOException {
        process(checkpoints(), stopsAt(2));
        learner.fit(3);
        for (Path made : new CheckpointStore(folder).checkpoints()) Files.delete(made.resolve("state.json"));
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> learner.resume(folder));
        assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
    }

    @Test
    void aRunThatBeginsAnewInTheFolderOfAnotherOneIsRefused() {
        process(checkpoints());
        learner.fit(1);
        learner.close();
        build(given());
        learner.add(checkpoints());
        assertThrows(CallbackException.class, () -> learner.fit(1));
    }

    @Test
    void whatDiffersIsListed_andNothingIsTrained() {
        process(checkpoints(), new GradientClip(1), stopsAt(2));
        learner.fit(3);
        learner.close();
        LinearModel another = new LinearModel();
        Learner other = given(another, Numbers.batches(5), Numbers.batches(2))
                .optimizer(Optimizers.adam())
                .setting("data set", "two")
                .build();
        other.add(new Checkpoints(folder));
        other.add("mine", nothing());
        other.resume(folder);
        String message = assertThrows(CheckpointMismatchException.class, () -> other.fit(4))
                .getMessage();
        for (String difference : List.of(
                "the number of epochs was 3 and is 4",
                "the number of batches of the training data was 4 and is 5",
                "the setting 'data set' was not set and is two",
                "(dev.rondo.callback.GradientClip) is missing",
                "the callback 'mine'",
                "the optimizer is another"))
            assertTrue(message.contains(difference), () -> difference + " in " + message);
        assertThrows(CheckpointMismatchException.class, () -> other.fit(4), "it is refused again");
        other.close();
        another.close();
    }

    @Test
    void theCheckpointOfAnotherModelIsRefused() {
        process(checkpoints(), stopsAt(2));
        learner.fit(3);
        learner.close();
        dev.rondo.nn.Linear another = new dev.rondo.nn.Linear(1, 1);
        Learner other = given(another, Numbers.batches(4), Numbers.batches(2)).build();
        String message = assertThrows(CheckpointMismatchException.class, () -> other.resume(folder))
                .getMessage();
        assertTrue(message.contains("is a checkpoint of another model"), message);
        other.close();
        another.close();
    }

    // ---- files that cannot be written

    @Test
    void aFolderThatCannotBeWrittenIsAnError_andTheLearnerStaysIntact() throws IOException {
        process(new Checkpoints(folder.resolve("inside")).everySteps(2), loses(folder.resolve("inside")));
        assertThrows(UncheckedIOException.class, () -> learner.fit(3));
        assertEquals(4, learner.trainIter());
        learner.remove(learner.handle(learner.callback(Checkpoints.class).orElseThrow()));
        learner.fit(1); // runs again
    }

    @Test
    void theTrainingGoesOnIfItMay() {
        process(
                new Checkpoints(folder.resolve("inside")).everySteps(2).goOnIfWritingFails(),
                loses(folder.resolve("inside")));
        List<String> warnings = Warnings.of(() -> learner.fit(3));
        assertEquals(12, learner.trainIter());
        assertEquals(6, warnings.stream().filter(w -> w.contains("goes on")).count(), warnings.toString());
    }

    @Test
    void aWriteThatFailsOnAnotherThreadIsAnErrorAtTheNextCheckpoint() {
        process(new Checkpoints(folder.resolve("inside")).everySteps(2).async(), loses(folder.resolve("inside")));
        assertThrows(UncheckedIOException.class, () -> learner.fit(3));
        int at = learner.trainIter(); // the folder may be lost while the first write still deletes older checkpoints
        assertTrue(at == 4 || at == 6, () -> "after " + at + " steps");
    }

    /** Loses a folder in the fourth batch. */
    private static Object loses(Path folder) {
        return Callbacks.on(BEFORE_BATCH, l -> {
            if (l.trainIter() == 3) replaceByAFile(folder);
        });
    }

    /** Replaces the folder when its first checkpoint is complete. */
    private static void replaceByAFile(Path folder) {
        try {
            if (Files.isRegularFile(folder)) return;
            while (new CheckpointStore(folder).checkpoints().isEmpty()) Thread.onSpinWait();
            delete(folder);
            Files.writeString(folder, "a file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- cost

    @Test
    void aLongFitWithCheckpointsHasAConstantNumberOfHandles() {
        List<Long> handles = new ArrayList<>();
        process(new Checkpoints(folder).everySteps(4), Callbacks.on(BEFORE_BATCH, -1e9, l -> {
            if (l.training() && l.iter() == 0) handles.add(Pointer.totalCount());
        }));
        learner.fit(30);
        Tensors.assertNoMoreHandles(handles.subList(10, 30));
    }

    @Test
    void aLoaderThatSeeksNeedsNoEarlierBatch() {
        Tensor x = torch.rand(100, 1);
        TensorLoader loader = TensorLoader.of(x, x).batchSize(10).shuffle(1).build();
        try (var from = loader.open(3, 7);
                var whole = loader.open(3)) {
            for (int i = 0; i < 7; i++) whole.next();
            assertArrayEquals(
                    Tensors.values(whole.next().x()), Tensors.values(from.next().x()));
        }
    }
}
