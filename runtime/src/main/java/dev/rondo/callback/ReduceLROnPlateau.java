package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.ParameterGroup;
import java.util.List;
import java.util.Objects;

/**
 * Divides the learning rates when a loss or metric has not improved for some epochs. Active in fits only, and not in one inside of
 * another; an epoch whose cell is empty does not count. A schedule of the learning rate overwrites what it sets. A fit that goes on from a
 * saved state goes on with the rates of then, if they had been divided. Costs nothing in a batch.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#reducelronplateau">fastai, ReduceLROnPlateau</a>
 */
@Callback(order = 62, kinds = RunKind.FIT, nested = false)
public final class ReduceLROnPlateau {
    private final Monitor monitor;
    private final int patience;
    private final double factor;
    private final double minLr;

    @Checkpointed
    double best = Double.NaN;

    @Checkpointed
    int waited;

    /** The rates at the end of the last epoch, once they have been divided in this fit; none before. */
    @Checkpointed
    List<Double> rates = List.of();

    private boolean begun; // whether the fit has trained

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
        best = monitor.begin(learner, best);
        waited = 0;
        rates = List.of();
        begun = false;
    }

    @On(Event.BEFORE_TRAIN)
    void goOn(Learner learner) {
        if (!begun && !rates.isEmpty()) learner.optimizer().set(Hyper.LR, rates); // of a saved state
        begun = true;
    }

    @On(Event.AFTER_EPOCH)
    void compare(Learner learner) {
        monitor.value(learner).ifPresent(value -> compare(learner, value));
    }

    private void compare(Learner learner, double value) {
        if (monitor.improves(learner, value, best)) {
            best = value;
            waited = 0;
        } else if (++waited >= patience) {
            waited = 0;
            reduce(learner);
            rates = rates(learner);
        }
        if (!rates.isEmpty()) rates = rates(learner); // whoever has set them
    }

    private static List<Double> rates(Learner learner) {
        return learner.optimizer().groups().stream().map(g -> g.get(Hyper.LR)).toList();
    }

    private void reduce(Learner learner) {
        double before = learner.lr();
        for (ParameterGroup group : learner.optimizer().groups()) {
            group.set(Hyper.LR, Math.max(group.get(Hyper.LR) / factor, minLr));
        }
        if (learner.lr() < before) {
            ProgressCallback.say(learner, "Epoch " + learner.epoch() + ": reducing lr to " + learner.lr());
        }
    }
}
