package dev.rondo.callback;

import dev.rondo.AfterResume;
import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.ParameterGroup;
import java.util.List;

/**
 * Divides the learning rates by a factor when a loss or metric has not improved for some epochs. Active only in fits that are not nested in
 * another fit. An epoch without a value does not count. A schedule of the learning rate overwrites the reduced rates. A fit that resumes
 * from a saved state uses the reduced rates of that state, if there were any. Costs nothing per batch.
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

    /** The rates at the end of the last epoch; empty until they are reduced in this fit. */
    @Checkpointed
    List<Double> rates = List.of();

    private transient boolean begun; // whether an epoch has begun to train in this fit

    /** Divides the rates by 10 at each epoch whose validation loss does not improve. */
    public ReduceLROnPlateau() {
        this(Monitor.VALID_LOSS, 1);
    }

    /** Divides the rates by 10. */
    public ReduceLROnPlateau(Monitor monitor, int patience) {
        this(monitor, patience, 10, 0);
    }

    /**
     * @param monitor the column to monitor
     * @param patience the number of consecutive epochs without improvement after which the rates are divided; at least 1
     * @param factor the divisor of the rates, above 1; PyTorch multiplies by its {@code factor} instead
     * @param minLr the minimum of the rates, 0 or more
     */
    public ReduceLROnPlateau(Monitor monitor, int patience, double factor, double minLr) {
        this.monitor = Argument.given("monitor", monitor);
        this.patience = Monitor.checkPatience(patience);
        this.factor = Range.ABOVE_1.check("The factor by which learning rates are divided", factor);
        this.minLr = Range.NOT_NEGATIVE.check("The minimum learning rate", minLr);
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
        if (!begun && !rates.isEmpty()) learner.optimizer().set(Hyper.LR, rates); // from a saved state
        begun = true;
    }

    /** The optimizer has the rates. */
    @AfterResume
    void goOnFromCheckpoint() {
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
        if (!rates.isEmpty()) rates = rates(learner); // another callback may have changed them
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

    @Override
    public String toString() {
        return "ReduceLROnPlateau[monitor=" + monitor + ", patience=" + patience + ", factor=" + factor + ", minLr="
                + minLr + "]";
    }
}
