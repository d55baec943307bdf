package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.ProgressCallback;
import dev.rondo.Undo;
import dev.rondo.callback.CSVLogger;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.metric.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group M: CSVLogger. */
class CSVLoggerTest extends Fixture {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("runs").resolve("history.csv");
    }

    private void learn(CSVLogger logger) {
        build(given().metrics(mae()));
        learner.add(logger);
    }

    /** The lines without their last column, the time. */
    private List<String> lines() throws IOException {
        return Files.readAllLines(file).stream()
                .map(l -> l.replaceFirst(",\\d\\d:\\d\\d$", ""))
                .toList();
    }

    @Test
    void writesALineForEachEpoch() throws IOException {
        learn(new CSVLogger(file));
        learner.fit(2, .01);
        List<String> lines = Files.readAllLines(file);
        assertEquals("epoch,train_loss,valid_loss,mae,time", lines.get(0));
        assertEquals(3, lines.size());
        String[] cells = lines.get(1).split(",");
        assertEquals("0", cells[0]);
        assertClose(Double.parseDouble(cells[1]), 37.00019);
        assertClose(Double.parseDouble(cells[2]), 8.164078);
        assertClose(Double.parseDouble(cells[3]), 2.77785);
        assertTrue(cells[4].matches("\\d\\d:\\d\\d"));
        assertTrue(lines.get(2).startsWith("1,"));
    }

    @Test
    void m10_writesOnlyFits_andKeepsOnlyTheLastOne() throws IOException {
        learn(new CSVLogger(file));
        learner.fit(2, .01);
        assertEquals(3, lines().size());
        try (Undo quiet = learner.noLogging()) {
            learner.fit(1, .01);
        }
        List<String> one = lines();
        assertEquals(2, one.size());
        learner.validate();
        learner.getPreds(Numbers.batches(1)).close();
        learner.context().close();
        learner.lrFind();
        assertEquals(one, lines());
    }

    @Test
    void m10_appendsEachFitWithItsHeader() throws IOException {
        learn(new CSVLogger(file).appending());
        learner.fit(1, .01);
        learner.fit(2, .01);
        assertEquals(
                List.of("e", "0", "e", "0", "1"),
                lines().stream().map(l -> l.substring(0, 1)).toList());
    }

    @Test
    void m8_progressStillPrints_andNothingStaysReplaced() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        learn(new CSVLogger(file));
        learner.add(
                new ProgressCallback().withoutBar().withOutput(new PrintStream(printed, true, StandardCharsets.UTF_8)));
        learner.fit(1, .01);
        assertEquals(2, printed.toString(StandardCharsets.UTF_8).lines().count());
        assertEquals(2, lines().size());
        assertTrue(learner.logging());
        learner.add("fail", Throw.failure(Event.AFTER_LOSS, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertTrue(learner.logging());
    }

    @Test
    void emptyCellsAreEmpty() throws IOException {
        learn(new CSVLogger(file));
        learner.add("train", Throw.once(Event.AFTER_LOSS, CancelTrainException.INSTANCE));
        learner.add("epoch", Throw.once(Event.BEFORE_EPOCH, 1, l -> l.epoch() == 1, CancelEpochException.INSTANCE));
        learner.fit(2, 0);
        assertEquals(List.of("epoch,train_loss,valid_loss,mae,time", "0,,17.0,4.0", "1,,,"), lines());
    }

    @Test
    void aFailedFitKeepsTheRowsWrittenSoFar() throws IOException {
        learn(new CSVLogger(file));
        learner.add("fail", Callbacks.on(Event.BEFORE_TRAIN, l -> {
            assertEquals(1 + l.epoch(), lines(file)); // written at once
            if (l.epoch() == 2) throw new ArithmeticException();
        }));
        assertThrows(CallbackException.class, () -> learner.fit(5, .01));
        assertEquals(3, lines().size());
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFitThatIsCancelledEarlierDoesNotTouchTheFile() throws IOException {
        learn(new CSVLogger(file));
        learner.fit(2, .01);
        List<String> before = lines();
        learner.add("cancel", Throw.once(Event.BEFORE_FIT, CancelFitException.INSTANCE));
        learner.fit(1);
        assertEquals(before, lines());
    }

    @Test
    void nestedRunsDoNotChangeTheRowOfTheEpoch() throws IOException {
        learn(new CSVLogger(file));
        learner.add("validate", Callbacks.on(Event.AFTER_EPOCH, l -> {
            if (l.runKind() == RunKind.FIT) l.validate();
        }));
        learner.fit(1, 0);
        assertEquals(List.of("epoch,train_loss,valid_loss,mae,time", "0,41.24238586425781,17.0,4.0"), lines());
        boolean[] once = {true};
        learner.add("fit", Callbacks.on(Event.BEFORE_TRAIN, l -> {
            if (once[0]) {
                once[0] = false;
                l.fit(3, 0);
            }
        }));
        learner.fit(1, 0);
        assertEquals(2, lines().size());
    }

    @Test
    void namesWithCommasAreQuoted() throws IOException {
        build(given().metrics(Metrics.average("a,\"b\"", (pred, y) -> pred)));
        learner.add(new CSVLogger(file));
        learner.fit(0);
        assertEquals(List.of("epoch,train_loss,valid_loss,\"a,\"\"b\"\"\",time"), Files.readAllLines(file));
    }

    @Test
    void theErrorNamesTheFileThatCannotBeWritten() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        learn(new CSVLogger(taken.resolve("history.csv")));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "The history cannot be written to "
                        + taken.resolve("history.csv").toAbsolutePath()
                        + " (file already exists): give CSVLogger a file that can be written.",
                e.getCause().getMessage());
        learner.close();
        learn(new CSVLogger(folder));
        e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "The history cannot be written to " + folder.toAbsolutePath()
                        + " (Is a directory): give CSVLogger a file that can be written.",
                e.getCause().getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void needsARecorder() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> given().defaultCallbacks(false)
                .callbacks(new CSVLogger(file))
                .build());
        assertEquals(
                "CSVLogger requires Recorder, which this learner does not have. Register one before it.",
                e.getMessage());
    }

    @Test
    void writesTheSameDigitsInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            learn(new CSVLogger(file));
            learner.fit(1, .01);
        } finally {
            Locale.setDefault(before);
        }
        assertTrue(Files.readString(file).chars().allMatch(c -> c < 128), Files.readString(file));
    }
}
