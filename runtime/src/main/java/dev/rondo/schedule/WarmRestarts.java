package dev.rondo.schedule;

import dev.rondo.check.Range;
import java.util.List;
import java.util.stream.IntStream;

/**
 * SGDR: in each cycle, the learning rate decreases to 0 along a cosine.
 *
 * @param cycles number of cycles, at least 1
 * @param cycleLen number of epochs of the first cycle, at least 1
 * @param cycleMult length of each cycle divided by that of the cycle before it, at least 1
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2016</a>
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_sgdr">fastai, fit_sgdr</a>
 */
public record WarmRestarts(int cycles, int cycleLen, int cycleMult) implements FitSchedule {
    public WarmRestarts {
        Range.AT_LEAST_1.check("cycles", cycles);
        Range.AT_LEAST_1.check("cycleLen", cycleLen);
        Range.AT_LEAST_1.check("cycleMult", cycleMult);
        if (epochs(cycles, cycleLen, cycleMult) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(cycles + " cycles, the first of " + cycleLen + " epochs and each "
                    + cycleMult + " times as long as the one before it, are more epochs than a fit can have.");
        }
    }

    /** Cycles of which each is twice as long as the one before it. */
    public WarmRestarts(int cycles, int cycleLen) {
        this(cycles, cycleLen, 2);
    }

    /** The number of epochs of all cycles. */
    public int epochs() {
        return (int) epochs(cycles, cycleLen, cycleMult);
    }

    /** In double, which cannot overflow and is exact for all values of int. */
    private static double epochs(int cycles, int cycleLen, int cycleMult) {
        return IntStream.range(0, cycles)
                .mapToDouble(i -> cycleLen * Math.pow(cycleMult, i))
                .sum();
    }

    /**
     * The schedule of the learning rate.
     *
     * @param lrMax the learning rate at the start of each cycle
     */
    @Override
    public Schedule lr(double lrMax) {
        List<Double> fractions = IntStream.range(0, cycles)
                .mapToObj(i -> cycleLen * Math.pow(cycleMult, i) / epochs())
                .toList();
        return Schedules.combine(
                fractions,
                fractions.stream().map(s -> Schedules.cosine(lrMax, 0)).toList());
    }
}
