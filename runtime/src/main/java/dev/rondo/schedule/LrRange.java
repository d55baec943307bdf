package dev.rondo.schedule;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The learning rates that a search goes through, in equal ratios, with one training batch for each.
 *
 * @param start the first rate, above 0: one for all parameter groups, or one for each
 * @param end where the rates would end one batch later; as many
 * @param batches how many; fewer than 6 count as 6
 * @param stopsEarly whether the search ends where the smooth loss is more than four times its smallest value
 */
public record LrRange(List<Double> start, List<Double> end, int batches, boolean stopsEarly) {
    private static final int LEAST = 6;

    public LrRange {
        start = List.copyOf(start);
        end = List.copyOf(end);
        if (start.isEmpty() || start.size() != end.size()) {
            throw new IllegalArgumentException(
                    "A range of rates has as many starts as ends, not " + start.size() + " and " + end.size() + ".");
        }
        for (int i = 0; i < start.size(); i++) {
            if (!(start.get(i) > 0 && end.get(i) > start.get(i) && end.get(i) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "A range of rates goes from a number above 0 to a larger one, not from " + start.get(i) + " to "
                                + end.get(i) + ".");
            }
        }
        if (batches < 1) {
            throw new IllegalArgumentException("A search for a learning rate takes batches, not " + batches + ".");
        }
        batches = Math.max(batches, LEAST);
    }

    /** From 1e-7 to 10 in 100 batches, with an early stop. */
    public LrRange() {
        this(1e-7, 10);
    }

    /** From one rate to another in 100 batches, with an early stop. */
    public LrRange(double start, double end) {
        this(List.of(start), List.of(end), 100, true);
    }

    /** The same in another number of batches. */
    public LrRange withBatches(int batches) {
        return new LrRange(start, end, batches, stopsEarly);
    }

    /** The same without an early stop. */
    public LrRange toTheEnd() {
        return new LrRange(start, end, batches, false);
    }

    /** The rates: a schedule for each start. */
    public List<Schedule> lrs() {
        return IntStream.range(0, start.size())
                .mapToObj(i -> Schedules.exponential(start.get(i), end.get(i)))
                .toList();
    }
}
