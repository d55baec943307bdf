package dev.rondo.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Invalid input of the user. The message is one sentence that says what is wrong, where, and what to do. It is printed without a stack trace. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a message. */
    public UserException(String message) {
        super(message);
    }

    /** Creates an exception with a message and a cause. */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Describes the reason of a file system error in words. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) return "it does not exist";
        if (e instanceof AccessDeniedException) return "permission denied";
        if (e instanceof FileAlreadyExistsException exists) return exists.getFile() + " is a file, not a folder";
        if (e instanceof FileSystemException failure && failure.getReason() != null) return failure.getReason();
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
