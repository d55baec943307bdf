package dev.rondo.check;

import java.util.function.DoublePredicate;

/** A range of numbers, which are finite unless stated otherwise. {@link #check} fails with one sentence: "A learning rate is 0 or more, not -1.0." */
public enum Range {
    NOT_NEGATIVE("0 or more", x -> x >= 0),
    /** 0 or more, or infinite. */
    LIMIT("0 or more", x -> x >= 0),
    POSITIVE("above 0", x -> x > 0),
    /** Above 0, or infinite. */
    POSITIVE_LIMIT("above 0", x -> x > 0),
    AT_LEAST_1("1 or more", x -> x >= 1),
    ABOVE_1("above 1", x -> x > 1),
    NOT_POSITIVE("0 or less", x -> x <= 0),
    FRACTION("from 0 to 1", x -> x >= 0 && x <= 1),
    BELOW_1("from 0 to below 1", x -> x >= 0 && x < 1),
    INSIDE_1("above 0 and below 1", x -> x > 0 && x < 1);

    private final String words;
    private final DoublePredicate contains;

    Range(String words, DoublePredicate contains) {
        this.words = words;
        this.contains = contains;
    }

    /**
     * Returns the number.
     *
     * @param what what it is: the subject of the sentence
     * @throws IllegalArgumentException if it is not in the range
     */
    public double check(String what, double number) {
        if (!contains.test(number)) throw not(what, words, Double.toString(number));
        if (Double.isInfinite(number) && this != LIMIT && this != POSITIVE_LIMIT) {
            throw not(what, "a finite number", Double.toString(number));
        }
        return number;
    }

    /** {@link #check(String, double)} for counts. */
    public int check(String what, int number) {
        return Math.toIntExact(check(what, (long) number));
    }

    /** {@link #check(String, double)} for counts. */
    public long check(String what, long number) {
        if (!contains.test(number)) throw not(what, words, Long.toString(number));
        return number;
    }

    private static IllegalArgumentException not(String what, String expected, String number) {
        return new IllegalArgumentException(what + " is " + expected + ", not " + number + ".");
    }
}
