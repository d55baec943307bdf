package dev.rondo.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A mistake in what the user gave: one sentence that says what is wrong, where, and what to do. No stack trace is shown for it. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the sentence */
    public UserException(String message) {
        super(message);
    }

    /** The same, with what it came from. */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a file system says, in words. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) return "it does not exist";
        if (e instanceof AccessDeniedException) return "this user may not";
        if (e instanceof FileAlreadyExistsException exists) return exists.getFile() + " is a file";
        if (e instanceof FileSystemException said && said.getReason() != null) return said.getReason();
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
