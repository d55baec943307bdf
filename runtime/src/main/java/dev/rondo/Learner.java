package dev.rondo;

import dev.rondo.annotation.MustClose;
import dev.rondo.check.Argument;
import dev.rondo.checkpoint.LoadOptions;
import dev.rondo.checkpoint.LoadReport;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.LrSearch;
import dev.rondo.schedule.OneCycle;
import dev.rondo.torch.Torch;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: data, model, loss and optimizer, with callbacks around every part of the loop.
 *
 * <pre>{@code
 * Learner learner = Learner.builder(dataLoaders, model, Losses.crossEntropy())
 *         .optimizer(Optimizers.adamW()).metrics(Metrics.accuracy())
 *         .callbacks(new GradientPenalty())
 *         .build();
 * learner.fit(5, 3e-3);
 * }</pre>
 *
 * <p>Only one thread at a time may use a learner; a call from another thread fails with an {@link IllegalStateException}. Learners that
 * train on several threads need models of their own. Layers draw from generators of the learner, see {@link LearnerBuilder#seed}. Handlers
 * may start runs, which are nested in the run that called the handler. A learner can be used again after any failure.
 *
 * @see <a href="https://docs.fast.ai/learner.html">fastai, Learner</a>
 */
public non-sealed class Learner extends LearnerCheckpoints implements AutoCloseable {
    final ScopeStack scopes = new ScopeStack();
    final RunStack runs;
    final CallbackRegistry registry;
    final RunGenerators generators;
    private final Fits fits;
    private final Evaluation evaluation;

    /** For subclasses with attributes of their own. Fires {@link Event#AFTER_CREATE} before the subclass's constructor runs. */
    @SuppressWarnings("this-escape") // this class is complete when AFTER_CREATE fires
    protected Learner(LearnerBuilder builder) {
        super(builder);
        Torch.start();
        generators = new RunGenerators(builder.seed);
        runs = new RunStack(this);
        registry = new CallbackRegistry(this, runs.dispatcher());
        TrainingLoop loop = new TrainingLoop(this, scopes);
        fits = new Fits(this, loop, builder);
        evaluation = new Evaluation(this, loop);
        registry.addFirst(builder.callbackSpecs(), builder.plan);
        callback(Recorder.class).ifPresent(recorder -> recorder.track(metrics()));
        runs.run(RunKind.FIT, loop::created);
    }

    /** A builder of a learner. */
    public static LearnerBuilder builder(DataLoaders dataLoaders, Model model, Loss loss) {
        return new LearnerBuilder(dataLoaders, model, loss);
    }

    // ---- training

    /** Trains with the learner's learning rate. */
    public final Learner fit(int epochs) {
        return fit(epochs, fit -> {});
    }

    /** Trains with this learning rate. */
    public final Learner fit(int epochs, double lr) {
        return fit(epochs, fit -> fit.lr(lr));
    }

    /**
     * Trains for 0 or more epochs. The optimizer and its state are kept between fits.
     *
     * @param how sets options
     * @throws CallbackException if a handler fails; exceptions of model, loss, loader or optimizer are not wrapped
     * @throws UncaughtCancelException if a handler throws a cancel that no scope around it catches
     */
    public final Learner fit(int epochs, Consumer<FitOptions> how) {
        fits.fit(RunKind.FIT, epochs, how);
        return this;
    }

    /** Trains with the {@link OneCycle} policy up to the learner's learning rate. */
    public final Learner fitOneCycle(int epochs) {
        return fitOneCycle(epochs, fit -> {});
    }

    /** Trains with the {@link OneCycle} policy up to this learning rate. */
    public final Learner fitOneCycle(int epochs, double lrMax) {
        return fitOneCycle(epochs, fit -> fit.lr(lrMax));
    }

    /** Trains with the {@link OneCycle} policy, or with the schedule that the options set. */
    public final Learner fitOneCycle(int epochs, Consumer<FitOptions> how) {
        return fit(epochs, fit -> Argument.given("how", how).accept(fit.schedule(new OneCycle())));
    }

    /** Fine-tunes a pretrained model with the defaults of {@link FineTuning}. */
    public final Learner fineTune(int epochs) {
        return fineTune(epochs, new FineTuning(), fit -> {});
    }

    /** Trains the head of a pretrained model with the rest frozen, then the whole model. The tuning sets lr and schedule of both fits. */
    public final Learner fineTune(int epochs, FineTuning tuning, Consumer<FitOptions> how) {
        fits.fineTune(epochs, tuning, how);
        return this;
    }

    /** Searches for a learning rate from 1e-7 to 10 in 100 batches. */
    public final LrSearch lrFind() {
        return lrFind(new LrRange());
    }

    /** Trains with increasing learning rates, then restores the learner: weights, optimizer, callbacks, random generators, history. */
    public final LrSearch lrFind(LrRange range) {
        return fits.lrFind(range);
    }

    /** Freezes the parameter groups before the n-th; see {@link dev.rondo.optim.Optimizer#freezeTo}. */
    public final Learner freezeTo(int n) {
        fits.freezeTo(n);
        return this;
    }

    /** Freezes all parameter groups but the last: {@code freezeTo(-1)}. */
    public final Learner freeze() {
        return freezeTo(-1);
    }

    /** Trains all parameter groups: {@code freezeTo(0)}. */
    public final Learner unfreeze() {
        return freezeTo(0);
    }

    /** Computes model and loss in this precision where that is safe, from the next batch on. */
    public final Learner precision(Precision precision) {
        MixedPrecision.use(this, precision);
        return this;
    }

    // ---- validation and prediction

    /** Loss and metrics over the validation loader. */
    public final EpochRow validate() {
        return validate(dataLoaders().valid());
    }

    /** Loss and metrics over a loader. */
    public final EpochRow validate(DataLoader over) {
        return validate(over, validate -> {});
    }

    /** Loss and metrics over a loader. Without a {@link Recorder}, the row has no cells. */
    public final EpochRow validate(DataLoader over, Consumer<ValidateOptions> how) {
        return evaluation.validate(Argument.given("over", over), Argument.given("how", how));
    }

    /** The predictions for a loader, with its targets. The caller closes the result. */
    public final Predictions getPreds(DataLoader over) {
        return getPreds(over, predict -> {});
    }

    /** The predictions for a loader. The caller closes the result. */
    public final Predictions getPreds(DataLoader over, Consumer<PredictOptions> how) {
        return evaluation.predict(Argument.given("over", over), Argument.given("how", how));
    }

    /** The prediction for one item, given without the batch dimension: one row of {@code preds} and {@code decoded}. */
    public final Predictions predict(Tensor... item) {
        return getPreds(new SingleItem(item), PredictOptions::withDecoded);
    }

    /** Starts a run without batches: fires before_fit and before_epoch now, and after_epoch and after_fit when the result is closed. */
    @MustClose
    public final Undo context() {
        return evaluation.context();
    }

    // ---- callbacks

    /** Registers a callback after all others of its order, under a name derived from its class. Fires no event. */
    public final CallbackHandle add(Object callback) {
        return registry.add(CallbackSpec.of(callback));
    }

    /** Registers an object with a generated table, or a {@link dev.rondo.spi.CallbackTable}, under a unique name. */
    public final CallbackHandle add(String name, Object callback) {
        return registry.add(new CallbackSpec(name, callback, handle -> {}));
    }

    /** Unregisters a callback at once; does nothing if it is not registered. */
    public final void remove(CallbackHandle handle) {
        registry.remove(Argument.given("handle", handle));
    }

    /** The callbacks in the order of their registration. */
    public final List<CallbackHandle> callbacks() {
        return registry.all().toList();
    }

    /** The first callback of a class or of a subclass. */
    public final <C> Optional<C> callback(Class<C> type) {
        return registry.find(Argument.given("type", type));
    }

    /** The recorder; fails with an {@link IllegalStateException} if there is none. */
    public final Recorder recorder() {
        return registry.recorder();
    }

    /** Registers callbacks until the result is closed. A callback that is registered already does not change and stays registered. */
    @MustClose
    public final Undo addedCallbacks(Object... callbacks) {
        return registry.addedUndo(Argument.all("callbacks", callbacks));
    }

    /** Unregisters callbacks until the result is closed. They keep their names and settings, and return after all others of their order. */
    @MustClose
    public final Undo removedCallbacks(CallbackHandle... handles) {
        return registry.removed(Argument.all("handles", handles));
    }

    /** Copies of all {@link dev.rondo.annotation.Checkpointed} values, for {@link FitOptions#resume}. The caller closes the tensors. */
    public final Map<String, Map<String, @Nullable Object>> callbackStates() {
        return new CallbackStates(callbacks()).save();
    }

    /** Closes a resource when the innermost open scope of this kind ends, however it ends. The last resource is closed first. */
    public final void until(Scope scope, AutoCloseable closeable) {
        scopes.until(Argument.given("scope", scope), Argument.given("closeable", closeable));
    }

    /** Fires a custom event, an annotation marked {@link dev.rondo.annotation.EventType}. A cancel reaches the scopes around the caller. */
    public final void fire(Class<? extends Annotation> event) {
        Argument.given("event", event);
        runs.within(() -> runs.dispatcher().fire(event, phase()));
    }

    /** An outline of the loop with the callbacks that each event calls, in their order, as fastai's show_training_loop. */
    public final String showTrainingLoop() {
        return LoopOutline.of(runs.dispatcher());
    }

    // ---- files and resources

    /** Saves the model and, if there is one, the state of the optimizer in a safetensors file; see {@link ModelFile}. */
    public final void save(Path file) {
        runs.exclusively(() -> ModelFile.save(file, model(), madeOptimizer()));
    }

    /**
     * Loads a file that {@link #save} wrote, or a file of other programs with the tensors of the model. If it has no optimizer state, or
     * one that does not fit, a warning is logged.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if names, shapes or types do not fit the model, which then does not change
     */
    public final Learner load(Path file) {
        load(file, new LoadOptions());
        return this;
    }

    /** As {@link #load(Path)}, with other names, or in part: {@code new LoadOptions().stripPrefix("module.").partial()}. */
    public final LoadReport load(Path file, LoadOptions options) {
        return runs.exclusively(() -> ModelFile.load(file, model(), options, fits::placedOptimizer));
    }

    /** Frees what it owns: optimizer's state, random generators, sums of recorder and metrics, last loss. A closed learner can run again. */
    @Override
    public void close() {
        runs.betweenRuns(() -> {
            setLoss(null);
            forgetResumption();
            replaceOptimizer(null);
            generators.close();
            callback(Recorder.class).ifPresent(Recorder::close);
            metrics().forEach(Metric::close);
        });
    }

    @Override
    final CallbackRegistry registry() {
        return registry;
    }
}
