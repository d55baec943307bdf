package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.ModelFile;
import dev.rondo.ProgressCallback;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.SaveModel;
import dev.rondo.checkpoint.LoadOptions;
import dev.rondo.checkpoint.LoadReport;
import dev.rondo.checkpoint.NamedTensors;
import dev.rondo.checkpoint.Safetensors;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.optim.Optimizers;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K5, K6 and K12: models in files. */
class SavingTest extends Fixture {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path file;

    private void given(double[] validLosses, Object... callbacks) {
        build(given().lr(.01).optimizer(Optimizers.sgd(.9, 0)));
        learner.add(
                new ProgressCallback().withoutBar().withOutput(new PrintStream(printed, true, StandardCharsets.UTF_8)));
        learner.add("losses", validLosses(validLosses));
        for (Object c : callbacks) learner.add(c);
    }

    private void givenPlain(double[] validLosses, Object... callbacks) {
        build(given().lr(.01));
        learner.add("losses", validLosses(validLosses));
        for (Object c : callbacks) learner.add(c);
    }

    private static CallbackTable<Learner> validLosses(double... losses) {
        return Callbacks.on(AFTER_LOSS, 1, l -> {
            if (!l.training()) l.setLoss(torch.full(new long[0], new Scalar(losses[l.epoch()])));
        });
    }

    private static double[] losses(double... losses) {
        return losses;
    }

    private Path file() {
        return file = folder.resolve("best.safetensors");
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return Set.copyOf(all.map(p -> p.getFileName().toString()).toList());
        }
    }

    private static double a(Path file) throws IOException {
        try (NamedTensors read = Safetensors.read(file)) {
            return read.tensors().get("a").item_float();
        }
    }

    @Test
    void k5_theBestModelIsSaved_andLoadedAtTheEndOfTheFit() {
        givenPlain(losses(5, 4, 6, 7, 8), new SaveModel(file()), new EarlyStopping(Monitor.VALID_LOSS, 2));
        learner.fit(5);
        assertEquals(4, learner.recorder().rows().size());
        assertLine(1.114004, .386525);
    }

    @Test
    void k5_printsAMessage() {
        given(losses(5, 4, 6), new SaveModel(file()));
        learner.fit(3);
        assertTrue(printed.toString(StandardCharsets.UTF_8)
                .contains("Better model found at epoch 0 with valid_loss value: 5.0."));
        assertTrue(printed.toString(StandardCharsets.UTF_8)
                .contains("Better model found at epoch 1 with valid_loss value: 4.0."));
        assertFalse(printed.toString(StandardCharsets.UTF_8).contains("at epoch 2"));
    }

    @Test
    void k5_atEndSavesTheLastModelToo() throws IOException {
        givenPlain(losses(5, 4, 6), new SaveModel(file()).atEnd());
        learner.fit(3);
        assertLine(1.422755, .494497);
        assertClose(a(file), 1.422755);
    }

    @Test
    void k5_everyEpochsSavesEverySecondModel() throws IOException {
        givenPlain(losses(5, 4, 6, 7), new SaveModel(file()).everyEpochs(2));
        learner.fit(4);
        assertEquals(Set.of("best_0.safetensors", "best_2.safetensors"), files());
        assertClose(a(folder.resolve("best_0.safetensors")), .6619);
        assertLine(1.633552, .568811); // no model is loaded
    }

    @Test
    void k5_everyEpochsAndAtEndExcludeEachOther() {
        SaveModel every = new SaveModel(file()).everyEpochs(1);
        assertThrows(IllegalArgumentException.class, every::atEnd);
        assertThrows(IllegalArgumentException.class, () -> new SaveModel(file()).everyEpochs(0));
    }

    @Test
    void aFitThatSavesNothingLoadsNothing() throws IOException {
        givenPlain(losses(5), new SaveModel(file()));
        learner.fit(1);
        learner.fit(1, fit -> fit.lr(.01).callbacks(Throw.once(BEFORE_BATCH, CancelFitException.INSTANCE)));
        learner.fit(
                1, fit -> fit.lr(0).callbacks(Callbacks.on(AFTER_LOSS, 2, l -> l.setLoss(Tensors.floats(Double.NaN)))));
        assertLine(.6619, .2293);
    }

    @Test
    void acrossFitsTheBestModelOfAllFitsIsLoaded() {
        double[] losses = losses(4);
        givenPlain(losses, new SaveModel(file(), Monitor.VALID_LOSS.acrossFits()));
        learner.fit(1);
        losses[0] = 5;
        learner.fit(1, .01);
        assertLine(.6619, .2293);
    }

    @Test
    void nestedRunsAreNotEpochsOfTheFit() throws IOException {
        givenPlain(losses(5, 4), new SaveModel(file()).everyEpochs(1));
        learner.add("validates", Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runDepth() == 1) l.validate();
        }));
        learner.add("predicts", Callbacks.on(AFTER_VALIDATE, l -> {
            if (l.runDepth() == 1) l.getPreds(Numbers.batches(1)).close();
        }));
        learner.fit(2);
        assertEquals(Set.of("best_0.safetensors", "best_1.safetensors"), files());
    }

    @Test
    void aNestedFitNeitherSavesNorLoads() {
        givenPlain(losses(4, 5), new SaveModel(file()));
        learner.add("inside", Callbacks.on(BEFORE_TRAIN, l -> {
            if (l.runDepth() == 1 && l.epoch() == 1) l.fit(0);
        }));
        learner.fit(2);
        assertLine(.6619, .2293); // the best model of the outer fit
    }

    @Test
    void k6_aValidationSavesNothing() throws IOException {
        givenPlain(losses(5), new SaveModel(file()));
        learner.validate();
        assertEquals(Set.of(), files());
    }

    @Test
    void k12_aSkippedEpochSavesNothing() throws IOException {
        givenPlain(losses(9, 5, 4, 3), new SaveModel(file()).everyEpochs(1));
        learner.fit(3, fit -> fit.startEpoch(1));
        assertEquals(Set.of("best_1.safetensors", "best_2.safetensors"), files());
        learner.remove(learner.handle(learner.callback(SaveModel.class).orElseThrow()));
        learner.add(new SaveModel(file()));
        learner.fit(3, fit -> fit.startEpoch(1)
                .callbacks(Throw.once(AFTER_TRAIN, l -> l.epoch() == 2, CancelEpochException.INSTANCE)));
        assertTrue(files().contains("best.safetensors"));
    }

    @Test
    void theOptimizerStateIsLoadedWithTheBestModel() {
        given(losses(5, 6, 7), new SaveModel(file()).withOptimizer());
        learner.fit(3);
        double[] best = learnt(1);
        learner.fit(1);
        double[] afterwards = line.values();
        line = new LinearModel();
        given(losses(5, 6, 7));
        learner.fit(1);
        assertLine(best[0], best[1]);
        learner.fit(1);
        assertLine(afterwards[0], afterwards[1]);
    }

    /** The weights of a new model after one epoch. */
    private double[] learnt(int epochs) {
        try (LinearModel other = new LinearModel();
                Learner l = Learner.builder(
                                new dev.rondo.data.DataLoaders(Numbers.batches(2), Numbers.batches(1)),
                                other,
                                dev.rondo.loss.Losses.mse())
                        .lr(.01)
                        .optimizer(Optimizers.sgd(.9, 0))
                        .progress(false)
                        .build()) {
            l.fit(epochs);
            return other.values();
        }
    }

    @Test
    void anUnwritableDirectoryIsNamed_andTheLearnerCanBeUsedAgain() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "kept").resolve("best.safetensors");
        givenPlain(losses(5, 4), new SaveModel(blocked));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertTrue(e.getCause().getMessage().startsWith("The model could not be written to " + blocked), e::toString);
        learner.remove(learner.handle(learner.callback(SaveModel.class).orElseThrow()));
        learner.fit(1);
        assertLine(1.114004, .386525);
    }

    // ---- Learner.save and load

    @Test
    void aLearnerResumesFromAFileBitForBit() {
        build(given().optimizer(Optimizers.adam()).lr(.1));
        learner.fit(1);
        learner.save(file());
        learner.fit(2);
        double[] gone = line.values();
        learner.close();
        line = new LinearModel();
        build(given().optimizer(Optimizers.adam()).lr(.1));
        learner.load(file);
        learner.fit(2);
        assertEquals(List.of(gone[0], gone[1]), List.of(line.values()[0], line.values()[1])); // bit for bit
    }

    @Test
    void aFileOfAModelWithoutAnOptimizer() throws IOException {
        build(given().optimizer(Optimizers.adam()).lr(.1));
        learner.fit(1);
        ModelFile.save(file(), line);
        try (NamedTensors read = Safetensors.read(file)) {
            assertEquals(Set.of("a", "b"), read.tensors().keySet());
        }
        double[] saved = line.values();
        learner.fit(1);
        learner.load(file); // it has no optimizer state: a warning is logged
        assertLine(saved[0], saved[1]);
    }

    @Test
    void anOptimizerStateThatDoesNotFitIsSkipped() {
        build(given().optimizer(Optimizers.adam()).lr(.1));
        learner.fit(1);
        learner.save(file());
        double[] saved = line.values();
        learner.close();
        line = new LinearModel();
        build(given());
        learner.load(file);
        assertLine(saved[0], saved[1]);
        learner.fit(1);
    }

    private void refused(Map<String, org.bytedeco.pytorch.Tensor> tensors, String sentence) throws IOException {
        Safetensors.write(file(), tensors, Map.of());
        build(given());
        learner.fit(1, .01);
        String message = assertThrows(IllegalArgumentException.class, () -> learner.load(file))
                .getMessage();
        assertEquals(file + " does not fit the model: " + sentence, message);
        assertLine(.6619, .2293);
        line = new LinearModel();
    }

    @Test
    void theErrorNamesTheDifferenceInOneSentence() throws IOException {
        var a = Tensors.floats(5).view(1, 1);
        var b = Tensors.floats(5);
        refused(Map.of("a", a), "The saved weights do not have 'b', which the model has.");
        refused(Map.of("a", a, "b", b, "c", b), "The saved weights have 'c', which the model does not have.");
        refused(Map.of("a", b, "b", b), "'a' is saved as float32[1], but the model has it as float32[1, 1].");
        refused(
                Map.of("a", a.to(torch.ScalarType.Long), "b", b),
                "'a' is saved as int64[1, 1], but the model has it as float32[1, 1].");
    }

    @Test
    void readsFilesOfOtherPrograms() throws IOException {
        Safetensors.write(
                file(),
                Map.of(
                        "a",
                        Tensors.floats(5).view(1, 1),
                        "b",
                        Tensors.floats(6),
                        "n.num_batches_tracked",
                        Tensors.longs(3)),
                Map.of());
        build(given());
        ModelFile.load(file, line);
        assertLine(5, 6);
    }

    @Test
    void loadsInPart_andReturnsAReport() throws IOException {
        Safetensors.write(
                file(), Map.of("module.a", Tensors.floats(5).view(1, 1), "head", Tensors.floats(6)), Map.of());
        build(given());
        LoadReport report =
                learner.load(file, new LoadOptions().stripPrefix("module.").partial());
        assertLine(5, 0);
        assertEquals(new LoadReport(List.of("a"), List.of("b"), List.of("head"), List.of()), report);
    }

    @Test
    void aMissingOrDamagedFileIsNamed() throws IOException {
        build(given());
        assertEquals(
                "The model could not be read: there is no file " + file() + ".",
                assertThrows(UncheckedIOException.class, () -> learner.load(file))
                        .getMessage());
        Files.writeString(file, "short");
        assertTrue(
                assertThrows(UncheckedIOException.class, () -> learner.load(file))
                        .getMessage()
                        .endsWith(
                                file
                                        + " is neither a safetensors file nor one of torch.save: it begins with the bytes 73 68 6f 72 74."));
    }
}
