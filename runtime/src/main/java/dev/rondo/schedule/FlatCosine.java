package dev.rondo.schedule;

import java.util.List;

/**
 * A learning rate that stays, then falls along a cosine.
 *
 * @param pctStart the share of the training in which it stays, 0 to 1
 * @param divFinal what it is divided by at the end, above 0
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_flat_cos">fastai, fit_flat_cos</a>, whose defaults these are
 */
public record FlatCosine(double pctStart, double divFinal) implements FitSchedule {
    public FlatCosine {
        Fractions.check("pctStart", pctStart);
        Fractions.checkDivisor("divFinal", divFinal);
    }

    /** Three quarters of the training flat, then down to 1/100000. */
    public FlatCosine() {
        this(0.75, 1e5);
    }

    /** The same with another share of the training in which the rate stays. */
    public FlatCosine withPctStart(double share) {
        return new FlatCosine(share, divFinal);
    }

    /** The same with another divisor at the end. */
    public FlatCosine withDivFinal(double divisor) {
        return new FlatCosine(pctStart, divisor);
    }

    /** The learning rate. */
    @Override
    public Schedule lr(double rate) {
        return Schedules.combine(
                List.of(pctStart, 1 - pctStart),
                List.of(Schedules.constant(rate), Schedules.cosine(rate, rate / divFinal)));
    }
}
