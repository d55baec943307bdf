package dev.rondo.checkpoint.pickle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file cannot be read. The message is a sentence without its subject, the file: "is damaged: …". */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1;

    PickleException(String problem) {
        super(problem);
    }

    PickleException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
