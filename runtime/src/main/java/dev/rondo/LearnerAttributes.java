package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.annotation.MustClose;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Argument;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.dispatch.EventKey;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Model;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.torch.Handles;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a learner, which handlers read as parameters and write through setters. The {@link Attribute} annotation of an accessor
 * states the first and the last event at which the attribute has a value, and who may write it. The processor checks callbacks against it.
 *
 * <p>The tensors of a batch ({@code batch}, {@code pred}, {@code lossGrad}) live until the batch ends; {@link #keep} returns a handle that
 * lives longer. Only the thread that runs the learner may use the attributes.
 */
public abstract class LearnerAttributes {
    private final DataLoaders dataLoaders;
    private final Model model;
    private final List<Metric> metrics;
    private Loss lossFunction;
    private @Nullable Optimizer optimizer;
    private int nEpoch = 1;
    private long epochsBegun;
    boolean logging = true;
    private DoubleSupplier smoothLoss = () -> Double.NaN;
    private RunState run = new RunState();

    LearnerAttributes(LearnerBuilder builder) {
        dataLoaders = builder.dataLoaders;
        model = builder.model;
        metrics = List.copyOf(builder.metrics);
        lossFunction = builder.loss;
    }

    /** A line for each part: model, loss, data, optimizer, metrics, names of the callbacks. */
    @Override
    public String toString() {
        return LearnerText.of(this);
    }

    // ---- the parts of the learner

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
        return lossFunction;
    }

    /** Uses another loss function until the result is closed. */
    @MustClose
    public final Undo lossReplacedBy(Loss other) {
        Loss before = lossFunction;
        lossFunction = Argument.given("other", other);
        return Undo.once(() -> lossFunction = before);
    }

    /** The metrics that the recorder computes. */
    @Attribute
    public final List<Metric> metrics() {
        return metrics;
    }

    /**
     * The optimizer.
     *
     * @throws IllegalStateException before the first fit, which makes the optimizer
     */
    @Attribute(from = Event.BEFORE_FIT)
    public final Optimizer optimizer() {
        if (optimizer == null) throw new IllegalStateException("There is no optimizer yet: the first fit makes it.");
        return optimizer;
    }

    /** The learning rate of the last parameter group. */
    public final double lr() {
        return optimizer().groups().get(optimizer().groups().size() - 1).get(Hyper.LR);
    }

    // ---- the run

    /** The event whose handlers are running; null between events, and in a custom event. */
    @Attribute
    public final @Nullable Event event() {
        EventKey at = registry().dispatcher().currentEvent();
        return at == null ? null : at.event();
    }

    /** The kind of the innermost run; {@link RunKind#FIT} outside runs. */
    public final RunKind runKind() {
        return registry().dispatcher().runKind();
    }

    /** The number of nested runs: 1 in a fit, 2 in a validation that a handler starts in the fit, 0 outside runs. */
    public final int runDepth() {
        return registry().dispatcher().runDepth();
    }

    /** The number of epochs begun in all fits of this learner. The order of the training data depends on it. */
    public final long epochsBegun() {
        return epochsBegun;
    }

    /** The number of epochs of this fit; 1 before the first fit, kept after a fit. */
    @Attribute(owners = TrainEvalCallback.class)
    public final int nEpoch() {
        return nEpoch;
    }

    /** A fit reads the value once, when it begins. */
    final void setNEpoch(int nEpoch) {
        this.nEpoch = nEpoch;
    }

    /** The running epoch of this fit, from 0; kept after the fit. */
    @Attribute(owners = TrainEvalCallback.class)
    public final int epoch() {
        return run.counters.epoch;
    }

    final void setEpoch(int epoch) {
        run.counters.epoch = epoch;
    }

    /** Whether the batches are training batches, with backward and step. {@link TrainEvalCallback} sets it; false without it. */
    @Attribute(owners = TrainEvalCallback.class)
    public final boolean training() {
        return run.counters.training;
    }

    final void setTraining(boolean training) {
        run.counters.training = training;
    }

    /** The number of training batches that this fit has completed, including cancelled ones. */
    @Attribute(from = Event.BEFORE_FIT, owners = TrainEvalCallback.class)
    public final int trainIter() {
        return run.counters.trainIter;
    }

    final void setTrainIter(int trainIter) {
        run.counters.trainIter = trainIter;
    }

    /** The completed fraction of this fit's training, 0 to 1. */
    @Attribute(from = Event.BEFORE_FIT, owners = TrainEvalCallback.class)
    public final double pctTrain() {
        return run.counters.pctTrain;
    }

    final void setPctTrain(double pctTrain) {
        run.counters.pctTrain = pctTrain;
    }

    /**
     * The bias-corrected exponential moving average of the training losses; NaN before the first. Reading it waits for the device.
     *
     * @see Recorder
     */
    @Attribute(from = Event.AFTER_BATCH, owners = Recorder.class)
    @WaitsForDevice
    public final double smoothLoss() {
        return smoothLoss.getAsDouble();
    }

    /** The value is computed when it is read, so that a batch does not wait for the device. */
    final void setSmoothLoss(DoubleSupplier smoothLoss) {
        this.smoothLoss = smoothLoss;
    }

    /** Whether rows and messages are printed; {@link Learner#noLogging} turns it off. */
    public final boolean logging() {
        return logging;
    }

    /** Prints no rows until the result is closed. */
    @MustClose
    public final Undo noLogging() {
        boolean before = logging;
        logging = false;
        return Undo.once(() -> logging = before);
    }

    // ---- the batch

    /** The index of the batch in its loader, from 0. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_TRAIN)
    public final int iter() {
        if (run.iter < 0) throw absent("iter", Event.BEFORE_BATCH, Event.AFTER_TRAIN);
        return run.iter;
    }

    /** The number of batches of the loader. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_TRAIN)
    public final int nIter() {
        if (run.nIter < 0) throw absent("nIter", Event.BEFORE_BATCH, Event.AFTER_TRAIN);
        return run.nIter;
    }

    /** The batch: inputs and targets, on the device of the loaders. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH, writable = true)
    public final Batch batch() {
        return present(run.batch, "batch", Event.BEFORE_BATCH);
    }

    /** Replaces inputs and targets. The new tensors must live until the batch ends; tensors made in a handler do. */
    public final void setBatch(Batch batch) {
        run.batch = Argument.given("batch", batch);
    }

    /** The inputs of the batch. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final List<Tensor> xb() {
        return batch().xb();
    }

    /** The targets of the batch; may be empty. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final List<Tensor> yb() {
        return batch().yb();
    }

    /**
     * The input of the batch.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final Tensor x() {
        return batch().x();
    }

    /**
     * The target of the batch.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final Tensor y() {
        return batch().y();
    }

    /** The output of the model. */
    @Attribute(from = Event.AFTER_PRED, until = Event.AFTER_BATCH, writable = true)
    public final Tensor pred() {
        return present(run.pred, "pred", Event.AFTER_PRED);
    }

    /** Replaces the output. The new tensor must live until the batch ends; a tensor made in a handler does. */
    public final void setPred(Tensor pred) {
        run.pred = Argument.given("pred", pred);
    }

    /** Whether the model has run for this batch. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final boolean predicted() {
        return run.pred != null;
    }

    /**
     * The loss that backward starts from: the result of the loss function, a scalar unless it does not reduce. Replacing it changes the
     * gradients, but not the reported loss.
     */
    @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
    public final Tensor lossGrad() {
        return present(run.lossGrad, "lossGrad", Event.AFTER_LOSS);
    }

    /** Replaces the loss that backward starts from. The new tensor must live until the batch ends; a tensor made in a handler does. */
    public final void setLossGrad(Tensor lossGrad) {
        run.lossGrad = Argument.given("lossGrad", lossGrad);
    }

    /** Whether the loss of this batch has been computed. Without targets there is no loss. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final boolean lossComputed() {
        return run.lossGrad != null;
    }

    /**
     * The reported loss: a copy of {@link #lossGrad}, detached from the graph, made before {@link Event#AFTER_LOSS}. Replacing it never
     * changes the gradients. The last one is kept after the batch. It is 0 at the start of a fit, and absent after a fit.
     */
    @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
    public final Tensor loss() {
        return present(run.loss(), "loss", Event.AFTER_LOSS);
    }

    /** Whether there is a reported loss, of this batch or of an earlier one. A nested run has none until its first batch. */
    public final boolean hasLoss() {
        return run.loss() != null;
    }

    /** Replaces the reported loss. The learner keeps its own handle, so the loss outlives the batch. */
    public final void setLoss(@Nullable Tensor loss) {
        run.setLoss(loss);
    }

    /** A handle to a batch's tensor that outlives the batch. Copies no data. The caller closes it. */
    public final Tensor keep(Tensor tensor) {
        return Handles.keep(tensor);
    }

    /** Forgets the loss of this batch, so that it is not recorded. For handlers that cancel the batch because of it. */
    public final void discardLoss() {
        run.lossGrad = null;
        run.setLoss(null);
    }

    // ---- other callbacks

    /**
     * The first callback of a class or of a subclass: the value of a parameter of that class. Allocates nothing.
     *
     * @throws IllegalStateException if there is none
     */
    public final <C> C required(Class<C> type) {
        return registry().required(Argument.given("type", type));
    }

    /**
     * The registration of a callback: the value of a {@link CallbackHandle} parameter.
     *
     * @throws IllegalArgumentException if it is not registered
     */
    public final CallbackHandle handle(Object callback) {
        return registry().handle(Argument.given("callback", callback));
    }

    // ---- set by the loop and the learner

    abstract CallbackRegistry registry();

    /** The phase of the batches. */
    final Phase phase() {
        return run.counters.training ? Phase.TRAIN : Phase.VALID;
    }

    /** The state of the innermost run. */
    final RunState run() {
        return run;
    }

    final void setRun(RunState run) {
        this.run = run;
    }

    /** The optimizer; null before the first fit. */
    final @Nullable Optimizer madeOptimizer() {
        return optimizer;
    }

    /** Replaces the optimizer, or removes it, and closes the previous one. */
    final void replaceOptimizer(@Nullable Optimizer other) {
        if (optimizer != null && optimizer != other) optimizer.close();
        optimizer = other;
    }

    final void beginEpoch(int epoch) {
        run.counters.epoch = epoch;
        run.loopEpoch = epoch;
        epochsBegun++;
    }

    final void setEpochsBegun(long epochsBegun) {
        this.epochsBegun = epochsBegun;
    }

    final void beginPhase(DataLoader over) {
        run.beginPhase(over);
    }

    final void clearRun() {
        run.beginPhase(null);
        run.setLoss(null);
    }

    /** The position in the run, for messages: {@code " (epoch 3, batch 17)"}. */
    final String place() {
        return " (epoch " + run.counters.epoch + (run.batch == null ? "" : ", batch " + run.iter) + ")";
    }

    /** A value that is there until the end of the batch. */
    private <T> T present(@Nullable T value, String name, Event from) {
        if (value == null) throw absent(name, from, Event.AFTER_BATCH);
        return value;
    }

    private IllegalStateException absent(String name, Event from, Event until) {
        Event at = event();
        return new IllegalStateException("'" + name + "' is absent" + (at == null ? "" : " at " + at.lowerCaseName())
                + ": it is there from " + from.lowerCaseName() + " to " + until.lowerCaseName() + ".");
    }
}
