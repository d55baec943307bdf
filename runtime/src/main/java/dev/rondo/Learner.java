package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.torch.EnableGrad;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

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
 * <p>A learner is used by one thread at a time; another one that calls it meanwhile gets an {@link IllegalStateException}. Handlers may
 * call it again: such a run is nested in the one that called the handler. After any failure it can be used again.
 *
 * @see <a href="https://docs.fast.ai/learner.html">fastai, Learner</a>
 */
public non-sealed class Learner extends LearnerFiles implements AutoCloseable {
    private final DataLoaders dataLoaders;
    private final Model model;
    private final Optimizer.Factory optimizerFactory;
    private final List<Metric> metrics;
    private final double lr;
    private final boolean trainNorms;
    private final TrainingLoop loop;
    private Loss loss;
    private Optimizer optimizer;
    private long epochsBegun;
    private boolean logging = true;
    private boolean bar = true;

    /** For subclasses with attributes of their own. Fires {@link Event#AFTER_CREATE}, before the subclass's constructor runs. */
    @SuppressWarnings("this-escape") // what escapes here is complete as far as this class goes
    protected Learner(LearnerBuilder builder) {
        Torch.start();
        dataLoaders = builder.dataLoaders;
        model = builder.model;
        loss = builder.loss;
        optimizerFactory = builder.optimizer;
        metrics = List.copyOf(builder.metrics);
        lr = builder.lr;
        trainNorms = builder.trainNorms;
        loop = new TrainingLoop(this, scopes());
        registry().addFirst(builder.given(), builder.plan);
        runs().run(RunKind.FIT, loop::created);
    }

    /** Starts the description of a learner. */
    public static LearnerBuilder builder(DataLoaders dataLoaders, Model model, Loss loss) {
        return new LearnerBuilder(dataLoaders, model, loss);
    }

    // ---- runs

    /** Trains with the learning rate that the learner was built with. */
    public final Learner fit(int epochs) {
        return fit(epochs, options -> {});
    }

    /** Trains with this learning rate. */
    public final Learner fit(int epochs, double lr) {
        return fit(epochs, options -> options.lr(lr));
    }

    /**
     * Trains. The optimizer and its state live on between fits.
     *
     * @param epochs 0 or more
     * @param how sets what is to be other than usual
     * @throws CallbackException if a handler fails; what model, loss, loader or optimizer throw comes as it is
     * @throws UncaughtCancelException if a handler raises a cancel where there is nothing for it to cancel
     */
    @Override
    public final Learner fit(int epochs, Consumer<FitOptions> how) {
        if (epochs < 0) throw new IllegalArgumentException("A fit has 0 epochs or more, not " + epochs + ".");
        FitOptions options = new FitOptions();
        how.accept(options);
        fit(RunKind.FIT, epochs, options);
        return this;
    }

    @Override
    final void fit(RunKind kind, int epochs, FitOptions options) {
        runs().run(kind, () -> {
            if (options.startEpoch() > 0) {
                options.callback(registry().unused("skip_to_epoch"), new SkipToEpoch(options.startEpoch()));
            }
            try (EnableGrad on = EnableGrad.enter(); // for a fit that a handler makes in a validation
                    CallbackRegistry.Added added = registry().added(options.callbacks())) {
                prepareOptimizer(options);
                setNEpoch(epochs);
                loop.fit();
            }
        });
    }

    private void prepareOptimizer(FitOptions options) {
        if (options.resets() && optimizer != null) {
            optimizer.clearState();
            optimizer = null;
        }
        makeOptimizer();
        options.wd().ifPresent(wd -> optimizer.set(Hyper.WD, wd));
        optimizer.set(Hyper.LR, options.lr(lr, optimizer.groups().size()));
    }

    @Override
    final Optimizer makeOptimizer() {
        if (optimizer == null) optimizer = optimizerFactory.create(model.parameterGroups(), lr);
        return optimizer;
    }

    /** Loss and metrics over the validation loader. */
    public final EpochRow validate() {
        return validate(dataLoaders.valid());
    }

    /** Loss and metrics over a loader, without training; without a {@link Recorder} the row has no cells. */
    public final EpochRow validate(DataLoader over) {
        return validate(over, options -> {});
    }

    /** Loss and metrics over a loader, with callbacks for this run only; other options are without effect. */
    public final EpochRow validate(DataLoader over, Consumer<FitOptions> how) {
        FitOptions options = new FitOptions();
        how.accept(options);
        runs().run(RunKind.VALIDATE, () -> {
            try (CallbackRegistry.Added added = registry().added(options.callbacks())) {
                loop.validate(over);
            }
        });
        return callback(Recorder.class).flatMap(Recorder::last).orElse(EpochRow.EMPTY);
    }

    /** What the model predicts for a loader, with its targets. The caller closes the result. */
    public final Predictions getPreds(DataLoader over) {
        return getPreds(over, options -> {});
    }

    /** What the model predicts for a loader. The caller closes the result. */
    public final Predictions getPreds(DataLoader over, Consumer<PredictOptions> how) {
        PredictOptions options = new PredictOptions();
        how.accept(options);
        try (GatherPreds gather = new GatherPreds(options.inputs(), options.losses())) {
            runs().run(RunKind.PREDICT, () -> {
                List<CallbackSpec> callbacks = new ArrayList<>(options.callbacks());
                callbacks.add(new CallbackSpec(registry().unused("gather_preds"), gather, handle -> {}));
                DataLoader loader = options.reordered() ? over.ordered() : over;
                try (Undo reduced = options.losses() ? lossNotReduced() : Undo.once(() -> {});
                        CallbackRegistry.Added added = registry().added(callbacks)) {
                    if (options.isInner()) loop.validateInside(loader);
                    else loop.validate(loader);
                }
            });
            return gather.result(options.activationOr(loss::activation), options.decoded() ? loss::decodes : null);
        }
    }

    /**
     * What the model predicts for one item: {@code preds} and {@code decoded}, of one row each. The caller closes the result.
     *
     * @param item the inputs, without the dimension that counts samples
     */
    public final Predictions predict(Tensor... item) {
        return getPreds(new SingleItem(item), PredictOptions::withDecoded);
    }

    /**
     * A run without batches, for what needs the events around one: fires {@link Event#BEFORE_FIT} and {@link Event#BEFORE_EPOCH}, and
     * when it is closed {@link Event#AFTER_EPOCH} and {@link Event#AFTER_FIT}.
     */
    public final Undo context() {
        RunStack.Run run = runs().begin(RunKind.VALIDATE);
        ScopeEnd[] ending = new ScopeEnd[1];
        try {
            runs().within(() -> ending[0] = loop.open());
        } catch (Throwable t) {
            runs().end(run);
            throw t;
        }
        return Undo.once(() -> {
            try {
                runs().within(ending[0]::close);
            } finally {
                runs().end(run);
            }
        });
    }

    // ---- in which precision

    /** Computes in float16 where that is safe. To be called between batches. */
    public final Learner toFp16() {
        return computing(MixedPrecision.fp16());
    }

    /** Computes in bfloat16 where that is safe. To be called between batches. */
    public final Learner toBf16() {
        return computing(MixedPrecision.bf16());
    }

    /** Computes in float32 again. To be called between batches. */
    public final Learner toFp32() {
        for (CallbackHandle handle : callbacks()) if (handle.callback() instanceof MixedPrecision) remove(handle);
        return this;
    }

    private Learner computing(MixedPrecision precision) {
        toFp32().add(precision);
        return this;
    }

    // ---- for a while

    /** Prints no rows until the result is closed. */
    public final Undo noLogging() {
        boolean before = logging;
        logging = false;
        return Undo.once(() -> logging = before);
    }

    /** Shows no bar until the result is closed. */
    public final Undo noBar() {
        boolean before = bar;
        bar = false;
        return Undo.once(() -> bar = before);
    }

    /**
     * Has the loss function give the loss of each sample until the result is closed.
     *
     * @throws IllegalStateException if it has no such form
     */
    public final Undo lossNotReduced() {
        return lossReplacedBy(loss.unreduced());
    }

    /** Uses another loss function until the result is closed. */
    public final Undo lossReplacedBy(Loss other) {
        Loss before = loss;
        loss = Objects.requireNonNull(other, "other");
        return Undo.once(() -> loss = before);
    }

    /** A handle to a batch's tensor that outlives the batch; the caller closes it. Copies no data. */
    public final Tensor keep(Tensor tensor) {
        return Handles.keep(tensor);
    }

    // ---- parts

    /** The loaders. */
    @Attribute
    public final DataLoaders dataLoaders() {
        return dataLoaders;
    }

    /** The model. */
    @Attribute
    public final Model model() {
        return model;
    }

    /** The loss function. */
    @Attribute
    public final Loss lossFunction() {
        return loss;
    }

    /** The metrics of the recorder. */
    @Attribute
    public final List<Metric> metrics() {
        return metrics;
    }

    /**
     * The optimizer.
     *
     * @throws IllegalStateException before the first fit
     */
    @Attribute(from = Event.BEFORE_FIT)
    public final Optimizer optimizer() {
        if (optimizer == null) throw new IllegalStateException("There is no optimizer yet: the first fit makes it.");
        return optimizer;
    }

    /** The learning rate of the last parameter group at present. */
    public final double lr() {
        return optimizer().groups().get(optimizer.groups().size() - 1).get(Hyper.LR);
    }

    /** Whether rows may be printed. */
    public final boolean logging() {
        return logging;
    }

    /** Whether a bar may be shown. */
    public final boolean bar() {
        return bar;
    }

    /** The epochs begun in all fits of this learner; the order of the training data follows it. */
    public final long epochsBegun() {
        return epochsBegun;
    }

    /**
     * Frees what the learner owns: the optimizer's state, the sums of recorder and metrics, the last loss, and the state that was loaded for
     * a fit. The rest is the caller's.
     */
    @Override
    public void close() {
        runs().exclusively(() -> {
            setLoss(null);
            loadedStates().close();
            if (optimizer != null) optimizer.close();
            optimizer = null;
            callback(Recorder.class).ifPresent(Recorder::close);
            metrics.forEach(Metric::close);
        });
    }

    // ---- for the loop

    /** The number of the epoch that goes through the data, over the life of the learner, from 0. */
    final long epochOfData() {
        return Math.max(0, epochsBegun - 1);
    }

    /** The optimizer, if it has been made. */
    final Optional<Optimizer> madeOptimizer() {
        return Optional.ofNullable(optimizer);
    }

    /** Goes on from an earlier time: with the optimizer of then, null for none, and as many epochs begun. */
    final void goBack(Optimizer optimizer, long epochsBegun) {
        if (this.optimizer != null && this.optimizer != optimizer) this.optimizer.close();
        this.optimizer = optimizer;
        this.epochsBegun = epochsBegun;
    }

    final void beginEpoch(int epoch) {
        setEpoch(epoch);
        epochsBegun++;
    }

    @Override
    final double usualRate() {
        return lr;
    }

    @Override
    final boolean trainsNorms() {
        return trainNorms;
    }

    final void clearRun() {
        work(null);
        setLoss(null);
    }

    @Override
    final Runnable mode() {
        Runnable mode = model.mode();
        boolean training = training();
        return mode != null ? mode : () -> model.train(training);
    }
}
