package dev.rondo.schedule;

/**
 * A hyper-parameter as a function of the position in training. {@link Schedules} has the usual ones; a lambda is one too.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html">fastai, hyperparam schedule</a>
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The value at a position.
     *
     * @param position the share of the training that is done, from 0 to 1
     */
    double at(double position);
}
