package dev.rondo.schedule;

/**
 * The schedule of a whole fit, whatever its length: its learning rate and, optionally, its momentum. An option of a fit, {@code fit(5, fit
 * -> fit.schedule(new OneCycle()))}; the learning rate of the fit is then the largest one.
 */
@FunctionalInterface
public interface FitSchedule extends StepSchedule {
    /**
     * The learning rate.
     *
     * @param lrMax the largest value, 0 or more
     */
    Schedule lr(double lrMax);

    @Override
    default Schedule lr(double lrMax, FitLength length) {
        return lr(lrMax);
    }
}
