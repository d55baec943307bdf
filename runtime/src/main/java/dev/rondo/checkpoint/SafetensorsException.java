package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not the safetensors file that it should be. The message is one sentence that names the file and what is wrong with it. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1;

    SafetensorsException(Path file, String wrong) {
        super(file + " " + wrong);
    }

    SafetensorsException(Path file, String wrong, Throwable cause) {
        super(file + " " + wrong, cause);
    }
}
