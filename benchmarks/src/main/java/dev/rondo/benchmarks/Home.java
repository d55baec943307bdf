package dev.rondo.benchmarks;

import dev.rondo.examples.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the launcher, for benchmarks that start it as a user does. */
public final class Home {
    /** Set by the launcher. */
    private static final String VARIABLE = "RONDO_HOME";

    private Home() {}

    /** The folder with the sources. */
    public static Path folder() {
        String set = System.getenv(VARIABLE);
        Path folder = Path.of(set == null ? "" : set).toAbsolutePath();
        if (Files.isExecutable(folder.resolve("rondo"))) return folder;
        throw new UserException("This benchmark starts the command line, which is not in " + folder
                + ": start it as ./rondo bench, or set " + VARIABLE + ".");
    }

    /** The launcher. */
    public static Path launcher() {
        return folder().resolve("rondo");
    }

    /** The part of Fashion-MNIST that comes with the sources, as files. */
    public static Path data() {
        return folder().resolve("examples/src/main/resources/dev/rondo/examples/fashion-mnist");
    }
}
