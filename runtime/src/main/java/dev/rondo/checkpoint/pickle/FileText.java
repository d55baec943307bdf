package dev.rondo.checkpoint.pickle;

/** A text of a file that is not trusted, made fit for a message. */
public final class FileText {
    private static final int LONGEST = 120;

    private FileText() {}

    /** The text without control characters and ends of lines, cut to a readable length. */
    public static String plain(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The {@link #plain} text in quotes. */
    public static String quoted(String text) {
        return "'" + plain(text) + "'";
    }
}
