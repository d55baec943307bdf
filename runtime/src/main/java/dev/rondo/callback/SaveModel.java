package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ModelFile;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.slf4j.LoggerFactory;

/**
 * Saves the model whenever a loss or metric improves, and loads the best model at the end of the fit; or saves the model every n epochs.
 * Active only in fits that are not nested in another fit. Costs nothing per batch; saving waits for the device and the disk.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#savemodelcallback">fastai, SaveModelCallback</a>
 */
@Callback(order = 61, kinds = RunKind.FIT, nested = false)
public final class SaveModel {
    private static final int WHEN_BETTER = 0;

    private final Path file;
    private final Monitor monitor;
    private final int every; // epochs, or WHEN_BETTER
    private final boolean atEnd;
    private final boolean withOptimizer;

    @Checkpointed
    double best = Double.NaN;

    @Checkpointed
    boolean saved;

    /** Whether this epoch has trained. */
    @Checkpointed
    boolean begun;

    /** Saves the model with the lowest validation loss. */
    public SaveModel(Path file) {
        this(file, Monitor.VALID_LOSS);
    }

    /**
     * @param file a safetensors file; a missing directory is created
     * @param monitor decides which model is best
     */
    public SaveModel(Path file, Monitor monitor) {
        this(file, monitor, WHEN_BETTER, false, false);
    }

    private SaveModel(Path file, Monitor monitor, int every, boolean atEnd, boolean withOptimizer) {
        this.file = Argument.given("file", file);
        this.monitor = Argument.given("monitor", monitor);
        this.every = every;
        this.atEnd = atEnd;
        this.withOptimizer = withOptimizer;
        if (every != WHEN_BETTER && atEnd) {
            throw new IllegalArgumentException("A model is saved every " + every + " epochs or at the end, not both.");
        }
    }

    /** Saves after every n-th epoch, starting with the first, and appends the number of the epoch to the name of the file. */
    public SaveModel everyEpochs(int n) {
        Range.AT_LEAST_1.check("The n of a model saved in every n-th epoch", n);
        return new SaveModel(file, monitor, n, atEnd, withOptimizer);
    }

    /** Also saves the model at the end of the fit, instead of loading the best one. */
    public SaveModel atEnd() {
        return new SaveModel(file, monitor, every, true, withOptimizer);
    }

    /** Saves and loads the state of the optimizer too. */
    public SaveModel withOptimizer() {
        return new SaveModel(file, monitor, every, atEnd, true);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        if (Files.isDirectory(file)) { // now, and not when an epoch is done
            throw new IllegalArgumentException(
                    "SaveModel needs a file, but " + file.toAbsolutePath() + " is a directory: append a file name.");
        }
        double earlier = best;
        if (every == WHEN_BETTER) best = monitor.begin(learner, best);
        saved &= best == earlier; // with acrossFits the file still holds the best model
    }

    @On(Event.BEFORE_EPOCH)
    void open() {
        begun = false;
    }

    /** A skipped epoch never reaches this handler, so it cannot overwrite an earlier file. */
    @On(Event.BEFORE_TRAIN)
    void begin() {
        begun = true;
    }

    @On(Event.AFTER_EPOCH)
    void save(Learner learner) {
        if (!begun) return;
        int epoch = learner.epoch();
        if (every == WHEN_BETTER) saveBetter(learner, epoch);
        else if (epoch % every == 0) save(learner, numbered(epoch));
    }

    private void save(Learner learner, Path to) {
        if (withOptimizer) learner.save(to);
        else ModelFile.save(to, learner.model());
    }

    private void load(Learner learner) {
        if (withOptimizer) learner.load(file);
        else ModelFile.load(file, learner.model());
    }

    private void saveBetter(Learner learner, int epoch) {
        OptionalDouble value = monitor.value(learner);
        if (value.isEmpty() || !monitor.improves(learner, value.getAsDouble(), best)) return;
        best = value.getAsDouble();
        String found = "Better model found at epoch " + epoch + " with " + monitor.column() + " value: " + best + ".";
        ProgressCallback.say(learner, found);
        save(learner, file);
        saved = true;
    }

    /** The file with the number of the epoch before its extension. */
    private Path numbered(int epoch) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return file.resolveSibling(name.substring(0, end) + "_" + epoch + name.substring(end));
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        if (every != WHEN_BETTER) return;
        if (atEnd) save(learner, file);
        else if (saved) load(learner);
        else if (begun) {
            LoggerFactory.getLogger(Learner.class)
                    .warn(
                            "No model was saved: '{}' was NaN, absent or no better than before in all epochs.",
                            monitor.column());
        }
    }

    @Override
    public String toString() {
        return "SaveModel[file=" + file + ", "
                + (every != WHEN_BETTER ? "every=" + every : atEnd ? "at end" : "monitor=" + monitor)
                + (withOptimizer ? ", with optimizer]" : "]");
    }
}
