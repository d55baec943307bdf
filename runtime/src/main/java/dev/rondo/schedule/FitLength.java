package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.function.DoubleUnaryOperator;

/**
 * The length of a fit, for schedules that count steps. A step is a training batch.
 *
 * @param epochs the number of epochs, 0 or more
 * @param batches the number of training batches of an epoch, 0 or more
 */
public record FitLength(int epochs, int batches) {
    /** Positions are sums of fractions, so they are not exact. */
    private static final double TOLERANCE = 1e-3;

    public FitLength {
        Range.NOT_NEGATIVE.check("epochs", epochs);
        Range.NOT_NEGATIVE.check("batches", batches);
    }

    /** The number of steps of the whole fit. */
    public long steps() {
        return (long) epochs * batches;
    }

    /**
     * A schedule in steps.
     *
     * @param value the value by the number of steps that are done: 0 at the first batch. It is a whole number at every batch.
     */
    public Schedule bySteps(DoubleUnaryOperator value) {
        Argument.given("value", value);
        return position -> {
            double step = position * steps(), whole = Math.rint(step);
            return value.applyAsDouble(Math.abs(step - whole) < TOLERANCE ? whole : step);
        };
    }
}
