package dev.rondo.processor.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs that are installed: the running one, and those where Linux has them. */
public final class Jdks {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdks() {}

    /** The home of the JDK of a version. */
    public static Optional<Path> home(int version) {
        try (Stream<Path> installed = Files.exists(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed.sorted())
                    .filter(home -> Files.exists(home.resolve("bin/javac")) && isOf(version, home))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(int version, Path home) {
        try {
            return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version + ".");
        } catch (IOException e) {
            return false; // no JDK
        }
    }
}
