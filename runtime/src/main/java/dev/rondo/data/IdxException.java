package dev.rondo.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not the expected IDX file. The message is one sentence that names the file, what was expected and what was found. */
public final class IdxException extends IOException {
    private static final long serialVersionUID = 1;

    IdxException(Path file, String problem) {
        super(file + " " + problem);
    }

    IdxException(Path file, String problem, Throwable cause) {
        super(file + " " + problem, cause);
    }
}
