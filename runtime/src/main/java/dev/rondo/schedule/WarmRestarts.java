package dev.rondo.schedule;

import java.util.List;
import java.util.stream.IntStream;

/**
 * SGDR: the learning rate falls to 0 along a cosine, again and again, each time for longer.
 *
 * @param cycles how many times, at least 1
 * @param cycleLen the epochs of the first cycle, at least 1
 * @param cycleMult how many times longer each cycle is than the one before it, at least 1
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2016</a>
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_sgdr">fastai, fit_sgdr</a>
 */
public record WarmRestarts(int cycles, int cycleLen, int cycleMult) implements FitSchedule {
    public WarmRestarts {
        if (cycles < 1 || cycleLen < 1 || cycleMult < 1) {
            throw new IllegalArgumentException(
                    "Restarts take at least 1 cycle, of at least 1 epoch, each at least 1 times as long as the"
                            + " one before it, not " + cycles + ", " + cycleLen + " and " + cycleMult + ".");
        }
        if (epochs(cycles, cycleLen, cycleMult) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(cycles + " cycles, the first of " + cycleLen + " epochs and each "
                    + cycleMult + " times as long as the one before it, are more epochs than a fit can have.");
        }
    }

    /** Each cycle twice as long as the one before it. */
    public WarmRestarts(int cycles, int cycleLen) {
        this(cycles, cycleLen, 2);
    }

    /** The epochs of all cycles together. */
    public int epochs() {
        return (int) epochs(cycles, cycleLen, cycleMult);
    }

    /** A double, which cannot overflow and is exact as far as an int goes. */
    private static double epochs(int cycles, int cycleLen, int cycleMult) {
        return IntStream.range(0, cycles)
                .mapToDouble(i -> cycleLen * Math.pow(cycleMult, i))
                .sum();
    }

    /** The learning rate, which begins each cycle with its largest value. */
    @Override
    public Schedule lr(double largest) {
        List<Double> shares = IntStream.range(0, cycles)
                .mapToObj(i -> cycleLen * Math.pow(cycleMult, i) / epochs())
                .toList();
        return Schedules.combine(
                shares, shares.stream().map(s -> Schedules.cosine(largest, 0)).toList());
    }
}
