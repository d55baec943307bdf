package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The learning rates of a search, in equal ratios, with one training batch for each. By default a search ends early, when the smooth
 * loss is more than four times its smallest value.
 */
public final class LrRange {
    private static final int MIN_BATCHES = 6;

    private final List<Double> start;
    private final List<Double> end;
    private final int batches;
    private final boolean stopsEarly;

    private LrRange(List<Double> start, List<Double> end, int batches, boolean stopsEarly) {
        Argument.all("start", start);
        Argument.all("end", end);
        if (start.isEmpty() || start.size() != end.size()) {
            throw new IllegalArgumentException("A range of learning rates has as many starts as ends, not "
                    + start.size() + " and " + end.size() + ".");
        }
        for (int i = 0; i < start.size(); i++) {
            if (!(start.get(i) > 0 && end.get(i) > start.get(i) && end.get(i) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "A range of learning rates goes from a number above 0 to a larger one, not from " + start.get(i)
                                + " to " + end.get(i) + ".");
            }
        }
        Range.AT_LEAST_1.check("The number of batches of a search", batches);
        this.start = List.copyOf(start);
        this.end = List.copyOf(end);
        this.batches = Math.max(batches, MIN_BATCHES);
        this.stopsEarly = stopsEarly;
    }

    /** From 1e-7 to 10 in 100 batches. */
    public LrRange() {
        this(1e-7, 10);
    }

    /** From one learning rate to another in 100 batches. */
    public LrRange(double start, double end) {
        this(List.of(start), List.of(end));
    }

    /**
     * A range for each parameter group, in 100 batches.
     *
     * @param start the first learning rate of each group, above 0
     * @param end the learning rate that each group would have one batch after the last
     * @throws IllegalArgumentException if the lists are empty or differ in length, or if a range does not rise from a number above 0
     */
    public LrRange(List<Double> start, List<Double> end) {
        this(start, end, 100, true);
    }

    /** Returns a copy with another number of batches; fewer than 6 count as 6. */
    public LrRange withBatches(int batches) {
        return new LrRange(start, end, batches, stopsEarly);
    }

    /** Returns a copy whose search goes through all batches. */
    public LrRange withoutEarlyStop() {
        return new LrRange(start, end, batches, false);
    }

    /** The first learning rates: one for all parameter groups, or one for each. */
    public List<Double> start() {
        return start;
    }

    /** The number of batches. */
    public int batches() {
        return batches;
    }

    /** Whether the search ends when the smooth loss is more than four times its smallest value. */
    public boolean stopsEarly() {
        return stopsEarly;
    }

    /** The learning rates: one schedule for all parameter groups, or one for each. */
    public List<Schedule> lrs() {
        return IntStream.range(0, start.size())
                .mapToObj(i -> Schedules.exponential(start.get(i), end.get(i)))
                .toList();
    }

    @Override
    public String toString() {
        boolean single = start.size() == 1;
        return "LrRange from " + (single ? start.get(0) : start) + " to " + (single ? end.get(0) : end) + " in "
                + batches + " batches" + (stopsEarly ? "" : ", without early stop");
    }
}
