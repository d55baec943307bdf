package dev.rondo.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The schedule of a whole fit: its learning rate and, optionally, its momentum. An option of a fit, {@code fit(5, fit -> fit.schedule(new
 * OneCycle()))}; the learning rate of the fit is then the largest one.
 */
public interface FitSchedule {
    /**
     * The learning rate.
     *
     * @param lrMax the largest value, above 0
     */
    Schedule lr(double lrMax);

    /** The momentum; null if it stays as it is. */
    default @Nullable Schedule mom() {
        return null;
    }
}
