package dev.rondo.schedule;

import dev.rondo.check.Range;
import java.util.List;

/**
 * A learning rate that is constant and then decreases along a cosine.
 *
 * @param pctStart the fraction of the training in which it is constant, 0 to 1
 * @param divFinal the constant learning rate divided by the last one, above 0
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fit_flat_cos">fastai, fit_flat_cos</a>, which has the same defaults
 */
public record FlatCosine(double pctStart, double divFinal) implements FitSchedule {
    public FlatCosine {
        Range.FRACTION.check("pctStart", pctStart);
        Range.POSITIVE.check("divFinal", divFinal);
    }

    /** pctStart 0.75, divFinal 1e5. */
    public FlatCosine() {
        this(0.75, 1e5);
    }

    /** Returns a copy with another fraction of constant learning rate. */
    public FlatCosine withPctStart(double fraction) {
        return new FlatCosine(fraction, divFinal);
    }

    /** Returns a copy with another divisor at the end. */
    public FlatCosine withDivFinal(double divisor) {
        return new FlatCosine(pctStart, divisor);
    }

    /**
     * The schedule of the learning rate.
     *
     * @param lr the constant learning rate
     */
    @Override
    public Schedule lr(double lr) {
        return Schedules.combine(
                List.of(pctStart, 1 - pctStart), List.of(Schedules.constant(lr), Schedules.cosine(lr, lr / divFinal)));
    }
}
