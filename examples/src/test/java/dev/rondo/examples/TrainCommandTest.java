package dev.rondo.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    private static final String[] FILES = {
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz"
    };

    @TempDir
    Path data;

    private final StringWriter err = new StringWriter();

    /** Writes a tiny data set, in which the brightness of an image is proportional to its label. */
    @BeforeEach
    void writeData() throws IOException {
        for (String file : FILES) {
            int n = file.startsWith("train") ? 200 : 50;
            write(file, file.contains("images") ? images(n, n) : labels(n, n));
        }
    }

    private static byte[] images(int headerCount, int n) {
        ByteBuffer b = ByteBuffer.allocate(16 + n * 784)
                .putInt(0x803)
                .putInt(headerCount)
                .putInt(28)
                .putInt(28);
        for (int i = 0; i < n; i++) {
            byte[] image = new byte[784];
            Arrays.fill(image, (byte) (i % 10 * 25));
            b.put(image);
        }
        return b.array();
    }

    private static byte[] labels(int headerCount, int n) {
        ByteBuffer b = ByteBuffer.allocate(8 + n).putInt(0x801).putInt(headerCount);
        for (int i = 0; i < n; i++) b.put((byte) (i % 10));
        return b.array();
    }

    private void write(String file, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        Files.write(data.resolve(file), packed.toByteArray());
    }

    private int train(String... options) {
        List<String> args = new ArrayList<>(List.of("train", "fashion-mnist", "--data", data.toString()));
        args.addAll(List.of(options));
        if (!args.contains("--threads")) args.addAll(List.of("--threads", "1"));
        return Main.commandLine().setErr(new PrintWriter(err)).execute(args.toArray(String[]::new));
    }

    private void refused(String message, String... options) {
        assertNotEquals(0, train(options));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(message), err::toString);
    }

    @Test
    void writesALineForEachEpochAndKeepsAnEarlierFile() throws IOException {
        Path out = data.resolve("deep/out");
        assertEquals(0, train("--epochs", "2", "--out", out.toString()));
        List<String> lines = Files.readAllLines(out.resolve("metrics.jsonl"));
        assertEquals(2, lines.size());
        Map<String, Object> last = JSON.std.mapFrom(lines.get(1));
        assertEquals(List.of("epoch", "train_loss", "valid_loss", "accuracy", "seconds"), List.copyOf(last.keySet()));
        assertEquals(1, last.get("epoch"));

        assertEquals(0, train("--epochs", "1", "--out", out.toString()));
        assertEquals(lines, Files.readAllLines(out.resolve("metrics.jsonl.1")));
        assertEquals(1, Files.readAllLines(out.resolve("metrics.jsonl")).size());
    }

    @Test
    void inspectShowsWhatACheckpointIsOf() throws IOException {
        Path out = data.resolve("out");
        assertEquals(0, train("--epochs", "1", "--lr", "0.5", "--out", out.toString()));
        StringWriter printed = new StringWriter();
        String checkpoints = out.resolve("checkpoints").toString();
        assertEquals(0, Main.commandLine().setOut(new PrintWriter(printed)).execute("inspect", checkpoints));
        for (String shown : List.of("--lr 0.5", "training batches 4", "epoch 0", "valid_loss", "whole      yes")) {
            assertTrue(printed.toString().contains(shown), () -> shown + " in " + printed);
        }
    }

    @ParameterizedTest
    @CsvSource({"mlp", "cnn"})
    void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers(String model) throws IOException {
        assertEquals(metrics(model, "7"), metrics(model, "7"));
        assertNotEquals(metrics(model, "7"), metrics(model, "8"));
    }

    private String metrics(String model, String seed, String... more) throws IOException {
        Path out = Files.createTempDirectory(data, "out");
        List<String> options =
                new ArrayList<>(List.of("--model", model, "--epochs", "2", "--seed", seed, "--out", out.toString()));
        options.addAll(List.of(more));
        assertEquals(0, train(options.toArray(String[]::new)));
        return Files.readString(out.resolve("metrics.jsonl")).replaceAll(",\"seconds\":[^}]*", "");
    }

    @ParameterizedTest
    @CsvSource({"--precision, bf16", "--precision, fp16", "--mixup, 0.4"})
    void precisionAndMixUpChangeTheTrainingAndRepeat(String option, String value) throws IOException {
        String plain = metrics("mlp", "7"), changed = metrics("mlp", "7", option, value);
        assertNotEquals(plain, changed);
        assertEquals(changed, metrics("mlp", "7", option, value));
        assertEquals(plain, metrics("mlp", "7", "--precision", "fp32"));
    }

    @Test
    void aSearchForALearningRateIsPlotted_andChangesNothingOfTheTraining() throws IOException {
        String[] common = {"--model", "cnn", "--epochs", "2", "--one-cycle", "--clip", "1", "--accumulate", "100"};
        String plain = metricsOf(common);
        List<String> searching = new ArrayList<>(List.of(common));
        searching.add("--lr-find");
        Path out = data.resolve("search");
        searching.addAll(List.of("--out", out.toString()));
        assertEquals(0, train(searching.toArray(String[]::new)));
        assertEquals(plain, metricsIn(out));
        assertTrue(Files.size(out.resolve("lr-find.png")) > 1000);
        byte[] plot = Files.readAllBytes(out.resolve("lr-find.png"));
        assertEquals(0, train(searching.toArray(String[]::new)));
        assertArrayEquals(plot, Files.readAllBytes(out.resolve("lr-find.png.1")));
    }

    @Test
    void aSearchThatEndsTooEarlySaysSo() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            assertEquals(0, train("--lr-find", "--max-batches", "3"));
        } finally {
            System.setOut(console);
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        assertTrue(output.contains("lr-find suggests nothing: the search ended after batch 3"), output);
    }

    /** Extreme values are valid input, though they train badly. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lr 1.7e308 --one-cycle",
                "--lr 1.7e308 --precision fp16 --accumulate 2147483647",
                "--mixup 4.9e-324",
                "--mixup 1.7e308 --clip 4.9e-324",
                "--early-stop 1 --epochs 2147483647 --lr 1.7e308",
                "--batch 2147483647 --lr-find --one-cycle --mixup .4 --precision bf16 --accumulate 200 --clip 1e308 --early-stop 1"
            })
    void extremeNumbersAreTakenAsTheyAre(String options) {
        List<String> args = new ArrayList<>(List.of(options.split(" ")));
        if (!args.contains("--epochs")) args.addAll(List.of("--epochs", "2"));
        assertEquals(0, train(args.toArray(String[]::new)), err::toString);
        assertEquals("", err.toString());
    }

    @Test
    void anEarlyStop() throws IOException {
        String[] rows =
                metricsOf("--epochs", "40", "--lr", "0.5", "--early-stop", "1").split("\n");
        assertTrue(rows.length < 40, () -> rows.length + " epochs");
    }

    private String metricsOf(String... options) throws IOException {
        Path out = Files.createTempDirectory(data, "out");
        List<String> args = new ArrayList<>(List.of(options));
        args.addAll(List.of("--out", out.toString()));
        assertEquals(0, train(args.toArray(String[]::new)));
        return metricsIn(out);
    }

    private static String metricsIn(Path out) throws IOException {
        return Files.readString(out.resolve("metrics.jsonl")).replaceAll(",\"seconds\":[^}]*", "");
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, -1, --epochs is -1 and must be at least 1.",
        "--epochs, two, 'two' is not an int",
        "--batch, 0, --batch is 0 and must be at least 1.",
        "--lr, NaN, --lr is NaN and must be a number above 0.",
        "--lr, -0.1, --lr is -0.1 and must be a number above 0.",
        "--early-stop, 0, --early-stop is 0 and must be at least 1.",
        "--early-stop, x, 'x' is not an int",
        "--accumulate, -4, --accumulate is -4 and must be at least 1.",
        "--clip, 0, --clip is 0.0 and must be a number above 0.",
        "--clip, NaN, --clip is NaN and must be a number above 0.",
        "--threads, 0, At least 1 thread is needed",
        "--threads, 2000000000, threads make sense on this machine",
        "--precision, fp8, --precision is 'fp8' and must be fp32, bf16 or fp16.",
        "--mixup, 0, --mixup is 0.0 and must be a number above 0.",
        "--mixup, NaN, --mixup is NaN and must be a number above 0.",
        "--mixup, much, 'much' is not a double",
        "--out, '', --out is empty; name a folder.",
        "--model, rnn, There is no model 'rnn': choose mlp or cnn.",
        "--device, gpu, 'gpu' is not a device",
        "--modle, mlp, Unknown option"
    })
    void aWrongOptionIsNamedInOneSentence(String option, String value, String sentence) {
        refused(sentence, option, value);
    }

    @Test
    void cudaWithoutCudaIsNamedInOneSentence() {
        if (org.bytedeco.pytorch.global.torch.cuda_is_available()) return;
        refused("There is no cuda", "--device", "cuda");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(data.resolve(FILES[2]));
        refused(FILES[2] + " does not exist");
    }

    @Test
    void aMissingFolderIsNamed() {
        data = data.resolve("nowhere");
        refused("There is no folder " + data);
    }

    @Test
    void aTruncatedFileIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(data.resolve(FILES[0]));
        Files.write(data.resolve(FILES[0]), Arrays.copyOf(whole, whole.length / 2));
        refused(FILES[0] + " ends in the middle of its gzip data");
    }

    @Test
    void fewerImagesThanTheHeaderSaysAreNamed() throws IOException {
        write(FILES[0], images(300, 200));
        refused(FILES[0] + " is cut short");
    }

    @Test
    void aFileThatIsNotGzipIsNamed() throws IOException {
        Files.write(data.resolve(FILES[1]), labels(200, 200));
        refused(FILES[1] + " is named .gz but is not");
    }

    @Test
    void aWrongMagicNumberIsNamed() throws IOException {
        write(FILES[0], labels(200, 200));
        refused("its magic number should be 0x00000803 but is 0x00000801");
    }

    @Test
    void labelsAndImagesOfDifferentLengthAreNamed() throws IOException {
        write(FILES[1], labels(199, 199));
        refused("holds 200 images and");
    }

    @Test
    void aLabelThatIsNoClassIsNamed() throws IOException {
        byte[] labels = labels(200, 200);
        labels[8 + 17] = 37;
        write(FILES[1], labels);
        refused("has the label 37 at index 17");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndNothingIsTrained() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "kept");
        refused("metrics.jsonl", "--out", file.toString());
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void plainFilesAreReadWhereThereAreNoPackedOnes() throws IOException {
        for (String file : FILES) Files.delete(data.resolve(file));
        for (String file : FILES) {
            int n = file.startsWith("train") ? 200 : 50;
            Files.write(data.resolve(file.replace(".gz", "")), file.contains("images") ? images(n, n) : labels(n, n));
        }
        assertEquals(0, train("--epochs", "1"));
        assertFalse(err.toString().contains("rondo"));
    }
}
