package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a valid safetensors file. The message is one sentence that names the file and the problem. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1;

    SafetensorsException(Path file, String problem) {
        super(file + " " + problem);
    }

    SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + " " + problem, cause);
    }
}
