package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A checkpoint cannot be read or written. The message names the folder and the problem. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    /** A problem found where the folder is not known: the rest of a sentence that begins with the name of a file. */
    static final class Problem extends IOException {
        private static final long serialVersionUID = 1;

        Problem(String problem) {
            super(problem);
        }
    }

    CheckpointException(Path folder, String problem) {
        this(folder, problem, null);
    }

    CheckpointException(Path folder, String problem, @Nullable Throwable cause) {
        this(folder + " " + problem, cause);
    }

    CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
