package dev.rondo.benchmarks;

import dev.rondo.examples.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the launcher and its files, for benchmarks that start Rondo as a user does. */
public final class RondoHome {
    /** The environment variable that the launcher sets. */
    private static final String VARIABLE = "RONDO_HOME";

    private RondoHome() {}

    /** Returns the root folder of the sources. */
    public static Path folder() {
        String set = System.getenv(VARIABLE);
        Path folder = Path.of(set == null ? "" : set).toAbsolutePath();
        if (Files.isExecutable(folder.resolve("rondo"))) return folder;
        throw new UserException("This benchmark needs the launcher 'rondo', which is not in " + folder
                + ": run ./rondo bench, or set " + VARIABLE + ".");
    }

    /** Returns the launcher. */
    public static Path launcher() {
        return folder().resolve("rondo");
    }

    /** Returns the folder with the part of Fashion-MNIST that comes with the sources. */
    public static Path data() {
        return folder().resolve("examples/src/main/resources/dev/rondo/examples/fashion-mnist");
    }
}
