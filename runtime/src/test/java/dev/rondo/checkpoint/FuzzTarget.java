package dev.rondo.checkpoint;

import dev.rondo.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;

/**
 * Reads a file with any bytes, for Jazzer, which looks for bytes that take new ways through the readers. {@code fuzz_with_jazzer.sh} runs
 * it.
 */
final class FuzzTarget {
    private static final Path FILE = file();

    private FuzzTarget() {}

    private static Path file() {
        Torch.start();
        try {
            Path file = Files.createTempFile("fuzzed", "");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any exception that leaves it is a finding. */
    public static void fuzzerTestOneInput(byte[] content) throws IOException {
        Files.write(FILE, content);
        try (PointerScope memory = new PointerScope();
                NamedTensors read = WeightsFile.read(FILE)) {
            if (read.toString().isEmpty()) throw new IllegalStateException("no text");
        } catch (WeightsFileException e) {
            if (e.getMessage().lines().count() != 1) throw new IllegalStateException("not one line", e);
        }
    }
}
