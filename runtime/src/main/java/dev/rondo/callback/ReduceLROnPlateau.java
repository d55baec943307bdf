package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.optim.ParameterGroup;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Divides the learning rates when a loss or metric has not improved for some epochs. Active in fits only, and not in one inside of
 * another; an epoch whose cell is empty does not count. A schedule of the learning rate overwrites what it sets. Costs nothing in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#reducelronplateau">fastai, ReduceLROnPlateau</a>
 */
@Callback(order = 62)
public final class ReduceLROnPlateau {
    private final OwnFit fit = new OwnFit();
    private final Monitor monitor;
    private final int patience;
    private final double factor;
    private final double minLr;

    @Checkpointed
    double best = Double.NaN;

    @Checkpointed
    int waited;

    /** A tenth of the rates with each epoch whose validation loss does not improve. */
    public ReduceLROnPlateau() {
        this(Monitor.VALID_LOSS, 1);
    }

    /** A tenth of the rates each time. */
    public ReduceLROnPlateau(Monitor monitor, int patience) {
        this(monitor, patience, 10, 0);
    }

    /**
     * @param monitor what is watched
     * @param patience how many epochs on end fail to improve it until the rates are divided; at least 1
     * @param factor what they are divided by, above 0
     * @param minLr what they do not fall below, 0 or more
     */
    public ReduceLROnPlateau(Monitor monitor, int patience, double factor, double minLr) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.patience = Monitor.checkPatience(patience);
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Learning rates are divided by a number above 0, not " + factor + ".");
        }
        if (!(minLr >= 0 && minLr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The least learning rate is 0 or more, not " + minLr + ".");
        }
        this.factor = factor;
        this.minLr = minLr;
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        if (!fit.begins(learner)) return;
        best = monitor.begin(learner, best);
        waited = 0;
    }

    @On(Event.AFTER_EPOCH)
    void compare(Learner learner) {
        if (!fit.runs(learner)) return;
        OptionalDouble value = monitor.value(learner);
        if (value.isEmpty()) return;
        if (monitor.improves(learner, value.getAsDouble(), best)) {
            best = value.getAsDouble();
            waited = 0;
        } else if (++waited >= patience) {
            waited = 0;
            reduce(learner);
        }
    }

    private void reduce(Learner learner) {
        double before = learner.rate();
        for (ParameterGroup group : learner.optimizer().groups()) {
            group.set("lr", Math.max(group.get("lr") / factor, minLr));
        }
        if (learner.rate() < before) {
            ProgressCallback.say(learner, "Epoch " + learner.epoch() + ": reducing lr to " + learner.rate());
        }
    }
}
