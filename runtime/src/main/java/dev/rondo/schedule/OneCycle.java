package dev.rondo.schedule;

import dev.rondo.check.Range;

/**
 * The 1cycle policy. The learning rate rises from its maximum divided by {@code div} to the maximum, then decreases to the maximum divided
 * by {@code divFinal}. The momentum decreases and rises again at the same time. All curves are cosines.
 *
 * @param pctStart the fraction of the training in which the learning rate rises, 0 to 1
 * @param div the largest learning rate divided by the first one, above 0
 * @param divFinal the largest learning rate divided by the last one, above 0
 * @param momStart the momentum at the start; all momentums are 0 or more
 * @param momLow the momentum at the largest learning rate
 * @param momEnd the momentum at the end
 * @see <a href="https://arxiv.org/abs/1803.09820">Smith 2018</a>
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_one_cycle">fastai, fit_one_cycle</a>, which has the same defaults
 */
public record OneCycle(double pctStart, double div, double divFinal, double momStart, double momLow, double momEnd)
        implements FitSchedule {
    public OneCycle {
        Range.FRACTION.check("pctStart", pctStart);
        Range.POSITIVE.check("div", div);
        Range.POSITIVE.check("divFinal", divFinal);
        Range.NOT_NEGATIVE.check("momStart", momStart);
        Range.NOT_NEGATIVE.check("momLow", momLow);
        Range.NOT_NEGATIVE.check("momEnd", momEnd);
    }

    /** pctStart 0.25, div 25, divFinal 1e5, momentum 0.95, 0.85, 0.95. */
    public OneCycle() {
        this(0.25, 25, 1e5, 0.95, 0.85, 0.95);
    }

    /** Returns a copy with another fraction of rising learning rate. */
    public OneCycle withPctStart(double fraction) {
        return new OneCycle(fraction, div, divFinal, momStart, momLow, momEnd);
    }

    /** Returns a copy with another divisor at the start. */
    public OneCycle withDiv(double divisor) {
        return new OneCycle(pctStart, divisor, divFinal, momStart, momLow, momEnd);
    }

    /** Returns a copy with another divisor at the end. */
    public OneCycle withDivFinal(double divisor) {
        return new OneCycle(pctStart, div, divisor, momStart, momLow, momEnd);
    }

    /**
     * Returns a copy with other momentums.
     *
     * @param start the momentum at the start
     * @param low the momentum at the largest learning rate
     * @param end the momentum at the end
     */
    public OneCycle withMoms(double start, double low, double end) {
        return new OneCycle(pctStart, div, divFinal, start, low, end);
    }

    /**
     * The schedule of the learning rate.
     *
     * @param lrMax the largest learning rate
     */
    @Override
    public Schedule lr(double lrMax) {
        return Schedules.combinedCosine(pctStart, lrMax / div, lrMax, lrMax / divFinal);
    }

    /** The schedule of the momentum. */
    @Override
    public Schedule mom() {
        return Schedules.combinedCosine(pctStart, momStart, momLow, momEnd);
    }
}
