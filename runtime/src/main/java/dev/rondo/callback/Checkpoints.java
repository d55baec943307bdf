package dev.rondo.callback;

import dev.rondo.AfterResume;
import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints of a fit to a folder, from which {@link Learner#resume} goes on: at the times that are set here, when a handler
 * {@linkplain Learner#requestCheckpoint requests} one, when the fit is {@linkplain Learner#stop stopped}, and at its end. By default once
 * an epoch, and the last three are kept.
 *
 * <pre>{@code
 * learner.add(new Checkpoints(Path.of("run")).everySteps(500).keepBest(Monitor.VALID_LOSS).async());
 * learner.resume(Path.of("run")); // does nothing in the first run
 * learner.fitOneCycle(10);
 * }</pre>
 *
 * <p>A checkpoint is a folder that appears when it is complete and on the disk. At the start of a fit it logs a warning for each part of the
 * learner that a checkpoint does not hold, see {@link Learner#unsavedParts}. Only outermost fits are written.
 *
 * <p>Costs nothing in a batch without a checkpoint. A checkpoint copies all tensors to the CPU, which waits for the device, and writes them;
 * with {@link #async} another thread writes.
 *
 * @see <a href="https://lightning.ai/docs/pytorch/stable/api/lightning.pytorch.callbacks.ModelCheckpoint.html">Lightning, ModelCheckpoint</a>
 */
@Callback(order = 62.5, runs = Phase.TRAIN, kinds = RunKind.FIT, nested = false)
public final class Checkpoints {
    /** What was set. A number of 0, and a duration of 0, is never. */
    private record Options(
            Path folder,
            int steps,
            int epochs,
            Duration time,
            int last,
            @Nullable Monitor best,
            boolean async,
            boolean goesOn) {
        /** By default after each epoch. */
        boolean isDue(int epochsDone) {
            boolean other = steps > 0 || !time.isZero() || best != null;
            int every = epochs == 0 && !other ? 1 : epochs;
            return every > 0 && epochsDone % every == 0;
        }
    }

    private static final int NEVER = -1;

    private final Options options;
    private transient @Nullable StoredCheckpoints writer;
    private transient boolean ours; // whether the checkpoints of the folder are those of this run
    private transient long asked; // when a checkpoint was last requested, in nanoseconds

    /** The best value of the monitor. */
    @Checkpointed
    double best = Double.NaN;

    /** Writes to this folder, which is made if it does not exist. */
    public Checkpoints(Path folder) {
        this(new Options(Argument.given("folder", folder), 0, 0, Duration.ZERO, 3, null, false, false));
    }

    private Checkpoints(Options options) {
        this.options = options;
    }

    /** Writes after every n-th training batch of a fit. */
    public Checkpoints everySteps(int n) {
        Range.AT_LEAST_1.check("The n of a checkpoint in every n-th step", n);
        Options o = options;
        return new Checkpoints(new Options(o.folder, n, o.epochs, o.time, o.last, o.best, o.async, o.goesOn));
    }

    /** Writes after every n-th epoch of a fit. */
    public Checkpoints everyEpochs(int n) {
        Range.AT_LEAST_1.check("The n of a checkpoint in every n-th epoch", n);
        Options o = options;
        return new Checkpoints(new Options(o.folder, o.steps, n, o.time, o.last, o.best, o.async, o.goesOn));
    }

    /** Writes after the first training batch that ends this long after the last checkpoint, or after the start of the fit. */
    public Checkpoints every(Duration time) {
        if (Argument.given("time", time).isNegative() || time.isZero()) {
            throw new IllegalArgumentException("The time between checkpoints must be positive, not " + time + ".");
        }
        Options o = options;
        return new Checkpoints(new Options(o.folder, o.steps, o.epochs, time, o.last, o.best, o.async, o.goesOn));
    }

    /** Writes at no times of its own: only when one is requested, when the fit is stopped, and at its end. */
    public Checkpoints onRequest() {
        Options o = options;
        return new Checkpoints(new Options(o.folder, 0, NEVER, Duration.ZERO, o.last, o.best, o.async, o.goesOn));
    }

    /** How many checkpoints are kept, at least 1; older ones are deleted. By default 3. */
    public Checkpoints keepLast(int checkpoints) {
        Range.AT_LEAST_1.check("The number of checkpoints to keep", checkpoints);
        Options o = options;
        return new Checkpoints(
                new Options(o.folder, o.steps, o.epochs, o.time, checkpoints, o.best, o.async, o.goesOn));
    }

    /** Also writes after each epoch whose loss or metric improves, and keeps the newest of these. The name of the checkpoint ends with {@code best}. */
    public Checkpoints keepBest(Monitor monitor) {
        Options o = options;
        return new Checkpoints(new Options(
                o.folder, o.steps, o.epochs, o.time, o.last, Argument.given("monitor", monitor), o.async, o.goesOn));
    }

    /**
     * Writes on another thread. The training waits only for the copy of the tensors, and for the checkpoint before it if that is still being
     * written. A checkpoint that could not be written is an error at the next one, or at the end of the fit.
     */
    public Checkpoints async() {
        Options o = options;
        return new Checkpoints(new Options(o.folder, o.steps, o.epochs, o.time, o.last, o.best, true, o.goesOn));
    }

    /** Goes on with a warning if a checkpoint cannot be written. By default the fit fails; the learner and earlier checkpoints stay intact. */
    public Checkpoints goOnIfWritingFails() {
        Options o = options;
        return new Checkpoints(new Options(o.folder, o.steps, o.epochs, o.time, o.last, o.best, o.async, true));
    }

    /** Early, so that all other handlers can request a checkpoint. */
    @On(value = Event.BEFORE_FIT, order = -1e8)
    void start(Learner learner) {
        CheckpointStore store = new CheckpointStore(options.folder);
        if (!learner.resuming() && !ours) checkEmpty(store);
        ours = true;
        if (options.best != null) best = options.best.begin(learner, best);
        asked = System.nanoTime();
        learner.unsavedParts().forEach(LoggerFactory.getLogger(Learner.class)::warn);
        StoredCheckpoints opened = new StoredCheckpoints(store, options.last, options.async, options.goesOn);
        writer = opened;
        learner.checkpointsTo(opened);
    }

    /** A run that begins anew must not mix its checkpoints with those of another one. */
    private static void checkEmpty(CheckpointStore store) {
        try {
            if (store.checkpoints().isEmpty()) return;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        throw new IllegalStateException(
                "The folder " + store.folder()
                        + " has checkpoints of an earlier run: call learner.resume(…) to go on from them, or give Checkpoints another folder.");
    }

    @AfterResume
    void goOn() {
        ours = true;
    }

    @On(Event.AFTER_BATCH)
    void afterStep(Learner learner, int trainIter) {
        boolean due = options.steps > 0 && trainIter % options.steps == 0
                || !options.time.isZero() && System.nanoTime() - asked >= options.time.toNanos();
        if (due) request(learner);
    }

    @On(Event.AFTER_EPOCH)
    void afterEpoch(Learner learner) {
        if (options.isDue(learner.epoch() + 1)) request(learner);
        Monitor monitor = options.best;
        if (monitor == null) return;
        monitor.value(learner).ifPresent(value -> {
            if (!monitor.improves(learner, value, best)) return;
            best = value;
            request(learner);
            if (writer != null) writer.nextIsBest();
        });
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        if (!learner.stopped()) request(learner); // a stopped fit has made one where it stopped
        writer = null;
    }

    private void request(Learner learner) {
        asked = System.nanoTime();
        learner.requestCheckpoint();
    }

    @Override
    public String toString() {
        return "Checkpoints[folder=" + options.folder
                + (options.steps > 0 ? ", every " + options.steps + " steps" : "")
                + (options.epochs > 0 ? ", every " + options.epochs + " epochs" : "")
                + (options.time.isZero() ? "" : ", every " + options.time)
                + (options.best == null ? "" : ", best=" + options.best)
                + ", keeps " + options.last + (options.async ? ", async]" : "]");
    }
}
