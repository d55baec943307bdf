package dev.rondo.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not the IDX file that it should be. The message is one sentence that names the file, what was expected and
 * what is there.
 */
public final class IdxException extends IOException {
    private static final long serialVersionUID = 1;

    IdxException(Path file, String wrong) {
        super(file + " " + wrong);
    }

    IdxException(Path file, String wrong, Throwable cause) {
        super(file + " " + wrong, cause);
    }
}
