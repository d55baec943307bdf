package dev.rondo.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of this process that is in RAM, heap and natives together. */
final class Rss {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Rss() {}

    /** MiB; NaN where the system has no {@code /proc}. */
    static double mebibytes() {
        if (!Files.exists(STATUS)) return Double.NaN;
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
