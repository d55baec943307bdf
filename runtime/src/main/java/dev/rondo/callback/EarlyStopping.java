package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.util.OptionalDouble;

/**
 * Ends a fit when a loss or metric has not improved for some epochs; the row of the last epoch is recorded. Active only in fits that are
 * not nested in another fit. An epoch without a value does not count. Costs nothing per batch.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#earlystoppingcallback">fastai, EarlyStoppingCallback</a>
 */
@Callback(order = 63, kinds = RunKind.FIT, nested = false)
public final class EarlyStopping {
    private final Monitor monitor;
    private final int patience;

    @Checkpointed
    double best = Double.NaN;

    @Checkpointed
    int bestEpoch;

    @Checkpointed
    int waited;

    /** Ends a fit at the first epoch whose validation loss does not improve. */
    public EarlyStopping() {
        this(Monitor.VALID_LOSS, 1);
    }

    /**
     * @param monitor the column to monitor
     * @param patience the number of consecutive epochs without improvement after which the fit ends; at least 1
     */
    public EarlyStopping(Monitor monitor, int patience) {
        this.monitor = Argument.given("monitor", monitor);
        this.patience = Monitor.checkPatience(patience);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        best = monitor.begin(learner, best);
        bestEpoch = -1;
        waited = 0;
    }

    @On(Event.AFTER_EPOCH)
    void compare(Learner learner) throws CancelFitException {
        OptionalDouble value = monitor.value(learner);
        if (value.isEmpty()) return;
        if (monitor.improves(learner, value.getAsDouble(), best)) {
            best = value.getAsDouble();
            bestEpoch = learner.epoch();
            waited = 0;
        } else if (++waited >= patience) {
            String since = bestEpoch < 0 ? "the start" : "epoch " + bestEpoch;
            ProgressCallback.say(learner, "No improvement since " + since + ": early stopping");
            throw CancelFitException.INSTANCE;
        }
    }

    @Override
    public String toString() {
        return "EarlyStopping[monitor=" + monitor + ", patience=" + patience + "]";
    }
}
