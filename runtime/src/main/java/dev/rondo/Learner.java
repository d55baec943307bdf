package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.callback.GatherPreds;
import dev.rondo.callback.Recorder;
import dev.rondo.callback.Row;
import dev.rondo.callback.SkipToEpoch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Occasion;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.ParameterGroup;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.lang.annotation.Annotation;
import java.util.List;
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
public class Learner extends LearnerAttributes implements AutoCloseable {
    private final DataLoaders dataLoaders;
    private final Model model;
    private Loss loss;
    private final Optimizer.Factory optimizerFactory;
    private final List<Metric> metrics;
    private final double lr;
    private final Dispatcher<Learner> dispatcher;
    private final Registry registry;
    private final OpenScopes scopes = new OpenScopes();
    private final Runs runs = new Runs(this);
    private final TrainingLoop loop;
    private Optimizer optimizer;
    private long epochsBegun;

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
        dispatcher = new Dispatcher<>(this, runs::failure);
        registry = new Registry(this, dispatcher);
        loop = new TrainingLoop(this, scopes);
        builder.given().forEach(registry::add);
        runs.run(RunKind.FIT, loop::created);
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
    public final Learner fit(int epochs, Consumer<FitOptions> how) {
        if (epochs < 0) throw new IllegalArgumentException("A fit has 0 epochs or more, not " + epochs + ".");
        FitOptions options = new FitOptions();
        how.accept(options);
        if (options.startEpoch() > 0) options.callbacks(new SkipToEpoch(options.startEpoch()));
        runs.run(RunKind.FIT, () -> {
            try (Registry.Added added = registry.added(options.callbacks())) {
                prepareOptimizer(options);
                setNEpoch(epochs);
                loop.fit();
            }
        });
        return this;
    }

    private void prepareOptimizer(FitOptions options) {
        if (options.resets() && optimizer != null) {
            optimizer.close();
            optimizer = null;
        }
        makeOptimizer();
        options.wd().ifPresent(wd -> optimizer.set("wd", wd));
        if (options.lr().size() == 1) optimizer.set("lr", options.lr().get(0));
        else if (options.lr().isEmpty()) optimizer.set("lr", lr);
        else optimizer.set("lr", options.lr());
    }

    private void makeOptimizer() {
        if (optimizer == null) optimizer = optimizerFactory.create(model.parameterGroups(), lr);
    }

    /** Loss and metrics over the validation loader. */
    public final Row validate() {
        return validate(dataLoaders.valid());
    }

    /** Loss and metrics over a loader, without training; without a {@link Recorder} the row has no cells. */
    public final Row validate(DataLoader over) {
        return validate(over, options -> {});
    }

    /** Loss and metrics over a loader, with callbacks for this run only. */
    public final Row validate(DataLoader over, Consumer<FitOptions> how) {
        Row[] row = new Row[1];
        pass(
                RunKind.VALIDATE,
                over,
                how,
                () -> row[0] = callback(Recorder.class).flatMap(Recorder::last).orElse(Row.EMPTY));
        return row[0];
    }

    /** What the model predicts for a loader, with its targets and the loss of each sample. The caller closes the result. */
    public final Predictions getPreds(DataLoader over) {
        Predictions[] result = new Predictions[1];
        Loss reducing = loss;
        try (GatherPreds gather = new GatherPreds(false, true)) {
            loss = reducing.unreduced();
            pass(RunKind.PREDICT, over, options -> options.callbacks(gather), () -> result[0] = gather.result());
        } finally {
            loss = reducing;
        }
        return result[0];
    }

    private void pass(RunKind kind, DataLoader over, Consumer<FitOptions> how, Runnable atEnd) {
        FitOptions options = new FitOptions();
        how.accept(options);
        runs.run(kind, () -> {
            try (Registry.Added added = registry.added(options.callbacks())) {
                loop.validate(over);
            }
        });
        atEnd.run();
    }

    /**
     * Lets only the parameter groups from the n-th on be trained; a negative n counts from the end. Gradients of the frozen ones are
     * dropped, and the state of the optimizer is forgotten.
     */
    public final Learner freezeTo(int n) {
        makeOptimizer();
        List<ParameterGroup> groups = optimizer.groups();
        int first = n < 0 ? groups.size() + n : n;
        for (int i = 0; i < groups.size(); i++) {
            for (Parameter p : groups.get(i).parameters()) {
                p.tensor().set_requires_grad(i >= first);
                if (i < first) p.tensor().mutable_grad().reset();
            }
        }
        optimizer.clearState();
        return this;
    }

    // ---- callbacks

    /** Registers a callback under a name derived from its class, behind all others of its order. No event is fired. */
    public final CallbackHandle add(Object callback) {
        return registry.add(Given.of(callback));
    }

    /**
     * Registers a callback.
     *
     * @param name the key of the registration, which no other may have
     * @param callback an object with a generated table, or a {@link dev.rondo.spi.CallbackTable}
     * @throws IllegalArgumentException if it has no table, is registered already, or the name is taken
     */
    public final CallbackHandle add(String name, Object callback) {
        return registry.add(new Given(name, callback, handle -> {}));
    }

    /** Unregisters a callback, at once; nothing happens if it is not registered. */
    public final void remove(CallbackHandle handle) {
        registry.remove(handle);
    }

    /** The callbacks in the sequence of their registration. */
    public final List<CallbackHandle> callbacks() {
        return registry.all().toList();
    }

    /**
     * The registration of a callback.
     *
     * @throws IllegalArgumentException if it is not registered
     */
    public final CallbackHandle handle(Object callback) {
        return registry.handle(callback);
    }

    /** Fires an event of one's own: an annotation that is marked {@link dev.rondo.annotation.EventType}. */
    public final void fire(Class<? extends Annotation> event) {
        runs.run(runs.kind(), () -> dispatcher.fire(event, training() ? Phase.TRAIN : Phase.VALID));
    }

    /** The first callback of a class or a subclass of it. */
    public final <C> Optional<C> callback(Class<C> type) {
        return registry.find(type);
    }

    /**
     * The first callback of a class or a subclass of it: what a handler gets that asks for one as a parameter.
     *
     * @throws IllegalStateException if there is none
     */
    public final <C> C required(Class<C> type) {
        C callback = dispatcher.first(type);
        if (callback == null) {
            throw new IllegalStateException("This learner has no " + type.getSimpleName() + ".");
        }
        return callback;
    }

    /** The recorder. */
    public final Recorder recorder() {
        return callback(Recorder.class)
                .orElseThrow(() -> new IllegalStateException(
                        "This learner has no Recorder: it was built without default callbacks."));
    }

    /**
     * Has a replacement undone when the innermost open scope of a kind ends, however it ends: normally, by a cancel or by an error. What
     * was handed over last is closed first.
     *
     * @throws IllegalStateException if no such scope is open
     */
    public final void until(Scope scope, AutoCloseable closeable) {
        scopes.until(scope, closeable);
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
    public final double rate() {
        return optimizer().groups().get(optimizer.groups().size() - 1).get("lr");
    }

    /** What the running call is for; outside of calls, {@link RunKind#FIT}. */
    public final RunKind runKind() {
        return runs.kind();
    }

    /** The event whose handlers are running; null outside of events, and in one of a user's own. */
    @Override
    @Attribute
    public final Event event() {
        Occasion at = dispatcher.occasion();
        return at == null ? null : at.event();
    }

    /** The epochs begun in all fits of this learner; the order of the training data follows it. */
    public final long epochsBegun() {
        return epochsBegun;
    }

    /** Frees what the learner owns: the optimizer's state and the last loss. Model and loaders are the caller's. */
    @Override
    public void close() {
        setLoss(null);
        if (optimizer != null) optimizer.close();
        optimizer = null;
    }

    // ---- for the loop

    final void fire(Event event) throws CancelException {
        dispatcher.fire(event, training() ? Phase.TRAIN : Phase.VALID);
    }

    final Dispatcher<Learner> dispatcher() {
        return dispatcher;
    }

    final void countEpoch() {
        epochsBegun++;
    }

    final void clearRun() {
        work(null);
        setLoss(null);
    }
}
