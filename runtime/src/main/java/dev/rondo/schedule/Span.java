package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;

/** A part of a fit: a number of steps, that is of training batches, a number of epochs, or a share of the fit. */
public final class Span {
    private enum Unit {
        STEPS,
        EPOCHS,
        SHARE
    }

    private static final Span NONE = new Span(0, Unit.STEPS);

    private final double amount;
    private final Unit unit;

    private Span(double amount, Unit unit) {
        this.amount = amount;
        this.unit = unit;
    }

    /** A number of training batches, 0 or more. */
    public static Span steps(long steps) {
        return new Span(Range.NOT_NEGATIVE.check("The number of steps of a span", steps), Unit.STEPS);
    }

    /** A number of epochs, 0 or more. */
    public static Span epochs(int epochs) {
        return new Span(Range.NOT_NEGATIVE.check("The number of epochs of a span", epochs), Unit.EPOCHS);
    }

    /** A share of the fit, 0 to 1. In steps it is rounded up, as transformers rounds {@code warmup_ratio}. */
    public static Span share(double share) {
        return new Span(Range.FRACTION.check("The share of a span", share), Unit.SHARE);
    }

    /** No steps. */
    public static Span none() {
        return NONE;
    }

    /** The number of steps in a fit. */
    public long steps(FitLength length) {
        Argument.given("length", length);
        return switch (unit) {
            case STEPS -> (long) amount;
            case EPOCHS -> (long) amount * length.batches();
            case SHARE -> (long) Math.ceil(amount * length.steps());
        };
    }

    /** Checks that there is something of it. */
    Span notNone(String what) {
        if (amount > 0) return this;
        throw new IllegalArgumentException(what + " is at least one step, not " + this + ".");
    }

    /** Such as "500 steps", "2 epochs", "0.1 of the fit". */
    @Override
    public String toString() {
        return switch (unit) {
            case STEPS -> (long) amount + " steps";
            case EPOCHS -> (long) amount + " epochs";
            case SHARE -> amount + " of the fit";
        };
    }
}
