package dev.rondo.processor.tests.corpus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a compiler says.
 *
 * @param file the path of the source file; empty for none
 */
record Message(String kind, String file, long line, long column, String text) {
    private static final Pattern OURS = Pattern.compile("\\[rondo:([a-z-]+)] .*", Pattern.DOTALL);

    /** The key of a diagnostic of ours; {@code compiler} for the compiler's own. */
    String key() {
        Matcher ours = OURS.matcher(text);
        return ours.matches() ? ours.group(1) : "compiler";
    }

    boolean isOurs() {
        return !key().equals("compiler");
    }

    String toLine() {
        return String.join("\t", kind, file, "" + line, "" + column, text.replace("\n", "\\n")) + "\n";
    }

    static Message of(String line) {
        String[] parts = line.split("\t", 5);
        return new Message(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), parts[4]);
    }
}
