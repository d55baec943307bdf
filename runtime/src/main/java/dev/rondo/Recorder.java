package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.annotation.Writes;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.metric.Average;
import dev.rondo.metric.Metric;
import dev.rondo.optim.Hyper;
import dev.rondo.torch.NoGrad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Records losses, metrics and learning rates: an {@link EpochRow} for each epoch, a smooth loss and a learning rate for each training batch. One
 * of the default callbacks. A batch counts if its loss was computed, even if it was cancelled later. The history is that of the last fit.
 * {@code validate} returns its row and does not change the history; predictions are not recorded. A validation nested in a phase of another
 * run resets the metrics, so the row of the outer run lacks their cells, but has its losses.
 *
 * <p>Costs a few small operators per batch. Waits for the device only at the end of a phase.
 *
 * @see <a href="https://docs.fast.ai/learner.html#recorder">fastai, Recorder</a>
 */
@Callback(
        order = 50,
        kinds = {RunKind.FIT, RunKind.VALIDATE, RunKind.LR_FIND})
public final class Recorder implements AutoCloseable {
    private final boolean trainMetrics;
    private final boolean validMetrics;
    private final double beta;
    private transient List<Metric> tracked = List.of();
    private transient History history; // a checkpoint has it, see RecorderState
    private final DoubleSupplier smoothValue = () -> history.smooth.value(); // a batch allocates none
    private transient Run run = new Run(); // and this

    /** Computes metrics in validation only, and the smooth loss with a beta of 0.98. */
    public Recorder() {
        this(false, true, 0.98);
    }

    private Recorder(boolean trainMetrics, boolean validMetrics, double beta) {
        Range.BELOW_1.check("The beta of a smooth loss", beta);
        this.trainMetrics = trainMetrics;
        this.validMetrics = validMetrics;
        this.beta = beta;
        history = new History(beta);
    }

    /** Also computes metrics over training batches. */
    public Recorder withTrainMetrics() {
        return new Recorder(true, validMetrics, beta);
    }

    /** Computes neither loss nor metrics over validation batches. */
    public Recorder withoutValidation() {
        return new Recorder(trainMetrics, false, beta);
    }

    /** Sets beta, the weight of the past in the smooth loss, from 0 to below 1. */
    public Recorder withBeta(double beta) {
        return new Recorder(trainMetrics, validMetrics, beta);
    }

    // Before all others, so that the records belong to this fit even if another handler cancels it at once.
    @On(value = Event.BEFORE_FIT, order = -1e9)
    void start(Learner learner) {
        Run outer = run;
        Run mine = run = new Run();
        learner.until(Scope.FIT, () -> {
            run = outer;
            mine.validLoss.close();
        });
        outer.metricsLost = true;
        track(learner.metrics());
        history.last = null;
        if (recordsHistory(learner)) history.reset();
    }

    /**
     * Takes the metrics of the learner.
     *
     * @throws IllegalArgumentException if two columns would have one name
     */
    void track(List<Metric> metrics) {
        for (Metric metric : metrics) Argument.name("A metric", metric.name());
        tracked = metrics;
        Set<String> taken = new HashSet<>(Set.of("epoch", "time"));
        for (String column : columns()) {
            if (taken.add(column)) continue;
            throw new IllegalArgumentException("There would be two columns '" + column
                    + "' in a row: give one of the metrics another name, with Metric.withName(…).");
        }
    }

    /** A validation has a row, but no history. */
    private static boolean recordsHistory(Learner learner) {
        return learner.runKind() != RunKind.VALIDATE;
    }

    @On(Event.BEFORE_EPOCH)
    void openEpoch() {
        run.open = new OpenRow();
    }

    @On(Event.BEFORE_TRAIN)
    void startTrain() {
        if (trainMetrics) resetMetrics();
    }

    @On(Event.BEFORE_VALIDATE)
    void startValid() {
        if (!validMetrics) return;
        run.validLoss.reset();
        resetMetrics();
    }

    private void resetMetrics() {
        tracked.forEach(Metric::reset);
        run.metricsLost = false;
    }

    @On(Event.AFTER_BATCH)
    @Writes("smoothLoss")
    void count(Learner learner) {
        if (!learner.lossComputed()) return;
        if (learner.training()) {
            history.add(learner.loss(), learner.lr());
            learner.setSmoothLoss(smoothValue);
        } else if (validMetrics) {
            run.validLoss.add(learner.loss(), learner.batch().size());
        }
        if (learner.training() ? trainMetrics : validMetrics) {
            try (NoGrad off = NoGrad.enter()) {
                for (Metric m : tracked) Computation.accumulate(m, learner);
            }
        }
    }

    @On(Event.AFTER_CANCEL_TRAIN)
    void trainCancelled() {
        run.open.trainCancelled = true;
    }

    @On(Event.AFTER_CANCEL_VALIDATE)
    void validCancelled() {
        run.open.validCancelled = true;
    }

    @On(Event.AFTER_TRAIN)
    void endTrain() {
        if (run.open.trainCancelled) return;
        if (history.smooth.count() > 0) run.open.cells.put("train_loss", history.smooth.value());
        if (trainMetrics) fill("train_");
    }

    @On(Event.AFTER_VALIDATE)
    void endValid() {
        if (run.open.validCancelled || !validMetrics) return;
        run.validLoss.value().ifPresent(v -> run.open.cells.put("valid_loss", v));
        fill("valid_");
    }

    private void fill(String prefix) {
        if (run.metricsLost) return;
        for (Metric m : tracked) value(m).ifPresent(v -> run.open.cells.put(column(prefix, m), v));
    }

    private static OptionalDouble value(Metric metric) {
        return Objects.requireNonNull(
                metric.value(), () -> "The value() of the metric '" + metric.name() + "' is null.");
    }

    private String column(String prefix, Metric metric) {
        return trainMetrics && validMetrics ? prefix + metric.name() : metric.name();
    }

    @On(Event.AFTER_EPOCH)
    void closeEpoch(Learner learner) {
        OpenRow open = run.open;
        EpochRow last = history.last =
                new EpochRow(learner.epoch(), open.cells, Duration.ofNanos(System.nanoTime() - open.started));
        if (recordsHistory(learner)) history.rows.add(last);
        run.open = new OpenRow(); // an epoch that is cancelled before this callback's before_epoch has no cells
    }

    /** Stores the values that a {@link ParamScheduler} gave a hyper-parameter. */
    void publish(Hyper hyper, double[] values) {
        history.hypers.put(hyper, values);
    }

    /** The records of the running fit, with those of the epoch that has not ended. The caller closes the tensors. */
    Map<String, @Nullable Object> state() {
        return RecorderState.of(history, run, tracked);
    }

    /** Restores the records of a fit that goes on. */
    void restore(SavedMap saved) {
        RecorderState.restore(saved, history, run, tracked);
    }

    /** Begins another history. Closing the result discards it and restores the first one. */
    Undo aside() {
        History outer = history;
        history = new History(beta);
        return Undo.once(() -> {
            history.smooth.close();
            history = outer;
        });
    }

    /** The records of a fit, and the row of the last epoch or validation. */
    static final class History {
        final SmoothLoss smooth;
        final List<EpochRow> rows = new ArrayList<>();
        final Map<Hyper, double[]> hypers = new LinkedHashMap<>();
        double[] lrs = new double[64];

        @Nullable
        EpochRow last;

        History(double beta) {
            smooth = new SmoothLoss(beta);
        }

        void reset() {
            rows.clear();
            hypers.clear();
            smooth.reset();
        }

        void add(Tensor loss, double lr) {
            int n = smooth.count();
            smooth.add(loss);
            if (n == lrs.length) lrs = Arrays.copyOf(lrs, 2 * n);
            lrs[n] = lr;
        }
    }

    /** The records of one run. A nested run has its own, so that it does not change the row of the outer one. */
    static final class Run {
        final Average validLoss = new Average();
        OpenRow open = new OpenRow();
        /** Whether a nested run has used the metrics since they were reset. */
        boolean metricsLost;
    }

    /** The row of the running epoch. */
    static final class OpenRow {
        final Map<String, Double> cells = new LinkedHashMap<>();
        long started = System.nanoTime();
        boolean trainCancelled;
        boolean validCancelled;
    }

    /** Frees its device memory; the history stays. {@link Learner#close} calls it. */
    @Override
    public void close() {
        history.smooth.close();
    }

    /** The columns of a complete row, in their sequence. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        columns.add("train_loss");
        if (trainMetrics) for (Metric m : tracked) columns.add(column("train_", m));
        if (validMetrics) {
            columns.add("valid_loss");
            for (Metric m : tracked) columns.add(column("valid_", m));
        }
        return columns;
    }

    /** The rows of the last fit, one for each epoch that ended; a copy. */
    public List<EpochRow> rows() {
        return List.copyOf(history.rows);
    }

    /** The row of the last epoch or validation that ended; empty if none has ended since the last run began. */
    public Optional<EpochRow> last() {
        return Optional.ofNullable(history.last);
    }

    /** The smooth loss after each counted training batch of the last fit. Waits for the device. */
    @WaitsForDevice
    public double[] smoothLosses() {
        return history.smooth.values();
    }

    /** The learning rate of the last parameter group at each counted training batch of the last fit. */
    public double[] lrs() {
        return Arrays.copyOf(history.lrs, history.smooth.count());
    }

    /**
     * The hyper-parameters of the last parameter group that a {@link ParamScheduler} set in the last fit, at each training batch; empty if the
     * fit has not ended or had no schedule.
     */
    public Map<Hyper, double[]> hypers() {
        return Collections.unmodifiableMap(history.hypers);
    }

    /** The number of epochs and training batches of the last fit, and the last row. Does not wait for the device. */
    @Override
    public String toString() {
        return "Recorder[epochs=" + history.rows.size() + ", batches=" + history.smooth.count()
                + (history.last == null ? "]" : ", last " + history.last + "]");
    }
}
