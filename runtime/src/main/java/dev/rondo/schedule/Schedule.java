package dev.rondo.schedule;

/**
 * A hyper-parameter as a function of the position in training. {@link Schedules} has the usual ones; a lambda can implement others.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html">fastai, hyperparam schedule</a>
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The value at a position.
     *
     * @param position the fraction of the training that is done, 0 to 1
     */
    double at(double position);
}
