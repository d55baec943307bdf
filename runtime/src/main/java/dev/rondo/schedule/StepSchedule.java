package dev.rondo.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The schedule of a fit, by the length of the fit: {@code fit(5, fit -> fit.schedule(StepSchedules.linear(Span.steps(500))))}. {@link
 * StepSchedules} has the usual ones. One of one's own is a function:
 *
 * <pre>{@code
 * fit.schedule((lr, length) -> length.bySteps(step -> lr / (1 + step / 100)))
 * }</pre>
 */
@FunctionalInterface
public interface StepSchedule {
    /**
     * The learning rate.
     *
     * @param lrMax the learning rate of the fit, 0 or more; usually the largest value
     * @param length the length of the fit
     */
    Schedule lr(double lrMax, FitLength length);

    /** The momentum; null if it stays as it is. */
    default @Nullable Schedule mom() {
        return null;
    }
}
