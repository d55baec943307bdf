package dev.rondo.schedule;

/**
 * The 1cycle policy: the learning rate rises from its largest value divided by {@code div} to that value and then falls to it divided by
 * {@code divFinal}, while the momentum falls and rises again; all along cosines.
 *
 * @param pctStart the share of the training in which the rate rises, 0 to 1
 * @param div what the largest rate is divided by at the start, above 0
 * @param divFinal what it is divided by at the end, above 0
 * @param momStart the momentum at the start
 * @param momLow the momentum where the rate is largest
 * @param momEnd the momentum at the end
 * @see <a href="https://arxiv.org/abs/1803.09820">Smith 2018</a>
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_one_cycle">fastai, fit_one_cycle</a>, whose defaults these are
 */
public record OneCycle(double pctStart, double div, double divFinal, double momStart, double momLow, double momEnd)
        implements FitSchedule {
    public OneCycle {
        Fractions.check("pctStart", pctStart);
        Fractions.checkDivisor("div", div);
        Fractions.checkDivisor("divFinal", divFinal);
    }

    /** A quarter of the training to rise from 1/25 of the largest rate; then down to 1/100000 of it; momentum 0.95, 0.85, 0.95. */
    public OneCycle() {
        this(0.25, 25, 1e5, 0.95, 0.85, 0.95);
    }

    /** The same with another share of the training in which the rate rises. */
    public OneCycle withPctStart(double share) {
        return new OneCycle(share, div, divFinal, momStart, momLow, momEnd);
    }

    /** The same with another divisor at the start. */
    public OneCycle withDiv(double divisor) {
        return new OneCycle(pctStart, divisor, divFinal, momStart, momLow, momEnd);
    }

    /** The same with another divisor at the end. */
    public OneCycle withDivFinal(double divisor) {
        return new OneCycle(pctStart, div, divisor, momStart, momLow, momEnd);
    }

    /** The same with other momentums: at the start, where the rate is largest, at the end. */
    public OneCycle withMoms(double start, double low, double end) {
        return new OneCycle(pctStart, div, divFinal, start, low, end);
    }

    /** The learning rate. */
    @Override
    public Schedule lr(double largest) {
        return Schedules.combinedCosine(pctStart, largest / div, largest, largest / divFinal);
    }

    /** The momentum. */
    @Override
    public Schedule mom() {
        return Schedules.combinedCosine(pctStart, momStart, momLow, momEnd);
    }
}
