package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.callback.Recorder;
import dev.rondo.callback.Row;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.dispatch.Dispatcher;
import dev.rondo.dispatch.Registration;
import dev.rondo.dispatch.TableFinder;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.optim.Optimizer;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final Loss loss;
    private final Optimizer.Factory optimizerFactory;
    private final List<Metric> metrics;
    private final double lr;
    private final Dispatcher<Learner> dispatcher;
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
        loop = new TrainingLoop(this, scopes);
        builder.defaults().forEach(this::add);
        builder.named.forEach(this::add);
        runs.run(RunKind.FIT, loop::created);
    }

    /** Starts the description of a learner. */
    public static LearnerBuilder builder(DataLoaders dataLoaders, Model model, Loss loss) {
        return new LearnerBuilder(dataLoaders, model, loss);
    }

    // ---- runs

    /** Trains with the learning rate that the learner was built with. */
    public final Learner fit(int epochs) {
        return fit(epochs, lr);
    }

    /**
     * Trains. The optimizer and its state live on between fits.
     *
     * @param epochs 0 or more
     * @param lr the learning rate of all parameter groups
     * @throws CallbackException if a handler fails; what model, loss, loader or optimizer throw comes as it is
     * @throws UncaughtCancelException if a handler raises a cancel where there is nothing for it to cancel
     */
    public final Learner fit(int epochs, double lr) {
        if (epochs < 0) throw new IllegalArgumentException("A fit has 0 epochs or more, not " + epochs + ".");
        runs.run(RunKind.FIT, () -> {
            if (optimizer == null) optimizer = optimizerFactory.create(model.parameterGroups(), lr);
            optimizer.set("lr", lr);
            setNEpoch(epochs);
            loop.fit();
        });
        return this;
    }

    /** Loss and metrics over the validation loader. */
    public final Row validate() {
        return validate(dataLoaders.valid());
    }

    /** Loss and metrics over a loader, without training; without a {@link Recorder} the row has no cells. */
    public final Row validate(DataLoader over) {
        Row[] row = new Row[1];
        runs.run(RunKind.VALIDATE, () -> {
            loop.validate(over);
            row[0] = callback(Recorder.class).flatMap(Recorder::last).orElse(new Row(0, Map.of(), Duration.ZERO));
        });
        return row[0];
    }

    // ---- callbacks

    /** Registers a callback under a name derived from its class, behind all others of its order. No event is fired. */
    public final CallbackHandle add(Object callback) {
        Object itself = callback instanceof CallbackTable<?> table ? table.callback() : callback;
        return add(Names.of(itself.getClass()), callback);
    }

    /**
     * Registers a callback.
     *
     * @param name the key of the registration, which no other may have
     * @param callback an object with a generated table, or a {@link CallbackTable}
     * @throws IllegalArgumentException if it has no table, is registered already, or the name is taken
     */
    public final CallbackHandle add(String name, Object callback) {
        CallbackTable<? super Learner> table = TableFinder.find(Objects.requireNonNull(callback, "callback"), this);
        for (Registration<Learner> r : dispatcher.registrations()) {
            if (r.callback() == table.callback()) {
                throw new IllegalArgumentException("This " + callback.getClass().getSimpleName()
                        + " is registered already, as '" + r.name() + "'. Register each object once.");
            }
            if (r.name().equals(name)) {
                throw new IllegalArgumentException("A callback named '" + name + "' is registered already, a "
                        + r.callback().getClass().getSimpleName()
                        + ". Give this one a name of its own: add(\"…\", callback).");
            }
        }
        return new CallbackHandle(dispatcher.add(table, name));
    }

    /** Unregisters a callback, at once; nothing happens if it is not registered. */
    public final void remove(CallbackHandle handle) {
        dispatcher.remove(handle.registration);
    }

    /** The callbacks in the sequence of their registration. */
    public final List<CallbackHandle> callbacks() {
        return dispatcher.registrations().stream().map(CallbackHandle::new).toList();
    }

    /** The first callback of a class or a subclass of it. */
    public final <C> Optional<C> callback(Class<C> type) {
        return dispatcher.registrations().stream()
                .map(Registration::callback)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
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

    @Override
    final Event event() {
        return dispatcher.event();
    }
}
