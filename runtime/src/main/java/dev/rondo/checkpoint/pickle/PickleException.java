package dev.rondo.checkpoint.pickle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file cannot be read. The message is a sentence without its subject, the file: "is damaged: …". */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 120;

    PickleException(String problem) {
        super(problem);
    }

    PickleException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /** A text of the file, for a message: in quotes, cut to a readable length, without control characters. */
    static String quoted(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "'" + cut.replaceAll("\\p{C}", "?") + "'";
    }
}
