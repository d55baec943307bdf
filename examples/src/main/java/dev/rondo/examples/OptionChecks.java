package dev.rondo.examples;

import java.nio.file.Path;
import java.util.Collection;

/** Checks the values of options. A failed check throws a {@link UserException}. An option that was not given (null) passes. */
public final class OptionChecks {
    private OptionChecks() {}

    /** Throws an exception with the message if a value is not valid. */
    public static void require(boolean valid, String message) {
        if (!valid) throw new UserException(message);
    }

    /** Requires an integer not below a minimum. */
    public static void requireAtLeast(int minimum, String option, Integer value) {
        require(value == null || value >= minimum, option + " is " + value + " and must be at least " + minimum + ".");
    }

    /** Requires a number above 0. Infinity passes. */
    static void requirePositive(String option, Double value) {
        require(value == null || value > 0, positive(option, value));
    }

    /** Requires a finite number above 0. */
    static void requirePositiveFinite(String option, Double value) {
        require(value == null || value > 0 && value < Double.POSITIVE_INFINITY, positive(option, value));
    }

    private static String positive(String option, Double value) {
        return option + " is " + value + " and must be a number above 0.";
    }

    /** Requires that all names are known. */
    public static void requireKnown(String kind, Collection<String> names, Collection<String> known) {
        for (String name : names) {
            require(
                    known.contains(name),
                    "There is no " + kind + " '" + name + "': choose from " + String.join(", ", known) + ".");
        }
    }

    /** Requires a path that is not empty. */
    static void requireFolder(String option, Path folder) {
        require(folder == null || !folder.toString().isEmpty(), option + " is empty; name a folder.");
    }
}
