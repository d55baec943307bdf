package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.ModelFile;
import dev.rondo.ProgressCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Saves the model whenever a loss or metric is better than before, and loads the best one when the fit ends; or saves it every so many
 * epochs. Active in fits only, and not in one inside of another. Costs nothing in a batch; saving waits for device and disk.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#savemodelcallback">fastai, SaveModelCallback</a>
 */
@Callback(order = 61, kinds = RunKind.FIT, nested = false)
public final class SaveModel {
    private final Path file;
    private final Monitor monitor;
    private int every; // 0: when it is better
    private boolean atEnd;
    private boolean withOptimizer;

    private boolean begun;

    @Checkpointed
    double best = Double.NaN;

    @Checkpointed
    boolean saved;

    /** Saves the model of the least validation loss. */
    public SaveModel(Path file) {
        this(file, Monitor.VALID_LOSS);
    }

    /**
     * @param file a safetensors file, whose folder is made if it is missing
     * @param monitor what tells the best model
     */
    public SaveModel(Path file, Monitor monitor) {
        this.file = Objects.requireNonNull(file, "file");
        this.monitor = Objects.requireNonNull(monitor, "monitor");
    }

    /** Saves after every n-th epoch, the first included, whatever it came to; the number of the epoch is added to the file's name. */
    public SaveModel everyEpochs(int n) {
        if (n < 1) throw new IllegalArgumentException("A model is saved every 1 or more epochs, not every " + n + ".");
        every = n;
        return checked();
    }

    /** Saves the model as it is at the end of the fit, too, instead of loading the best one. */
    public SaveModel atEnd() {
        atEnd = true;
        return checked();
    }

    /** Saves, and loads, the state of the optimizer as well. */
    public SaveModel withOptimizer() {
        withOptimizer = true;
        return this;
    }

    private SaveModel checked() {
        if (every > 0 && atEnd) {
            throw new IllegalArgumentException("A model is saved every " + every + " epochs or at the end, not both.");
        }
        return this;
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        double earlier = best;
        if (every == 0) best = monitor.begin(learner, best);
        saved &= best == earlier; // across fits the file still holds the best model
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
        if (every == 0) saveBetter(learner, epoch);
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

    /** Before the file's extension. */
    private Path numbered(int epoch) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return file.resolveSibling(name.substring(0, end) + "_" + epoch + name.substring(end));
    }

    @On(Event.AFTER_FIT)
    void end(Learner learner) {
        if (every > 0) return;
        if (atEnd) save(learner, file);
        else if (saved) load(learner);
    }
}
