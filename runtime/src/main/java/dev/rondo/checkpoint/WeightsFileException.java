package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of weights cannot be read. The message names the file and the problem, and the way out if there is one. */
public final class WeightsFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** A problem found where the file is not known: a sentence without its subject. */
    static final class Problem extends IOException {
        private static final long serialVersionUID = 1;

        Problem(String problem) {
            super(problem);
        }
    }

    WeightsFileException(Path file, String problem) {
        this(file, problem, null);
    }

    WeightsFileException(Path file, String problem, @Nullable Throwable cause) {
        super(file + " " + problem, cause);
    }
}
