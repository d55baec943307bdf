package dev.rondo.check;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Why a file could not be read or written, in words. */
public final class FileReason {
    private FileReason() {}

    /** The reason without the names of files, which the sentence around it has: "access denied", "No space left on device". */
    public static String of(IOException e) {
        if (e.getCause() instanceof IOException inner) return of(inner); // of an encoder, which knows less
        if (!(e instanceof FileSystemException f)) return String.valueOf(e.getMessage());
        if (f.getReason() != null) return f.getReason();
        String name = e.getClass().getSimpleName().replaceFirst("Exception$", ""); // AccessDenied
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
