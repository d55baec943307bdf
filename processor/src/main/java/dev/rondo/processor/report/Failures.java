package dev.rondo.processor.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes faults of the processor itself. */
public final class Failures {
    private static final int FRAMES = 8;

    private Failures() {}

    /** The exception with the top of its stack in one line, since tools show only the first line of a diagnostic. */
    public static String describe(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", failure + " at ", ""));
    }
}
