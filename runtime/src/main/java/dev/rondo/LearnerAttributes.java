package dev.rondo;

import dev.rondo.annotation.Attribute;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.torch.Handles;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * The attributes of a run: what a handler may ask for as a parameter, and what it may set. Each accessor's {@link Attribute} says from
 * which event to which it has a value and who may write it; the processor checks callbacks against that.
 *
 * <p>Tensors of a batch ({@code batch}, {@code pred}, {@code lossGrad}) live until the batch ends; {@link Learner#keep} moves one out.
 * All attributes belong to the thread that runs the learner.
 */
public abstract class LearnerAttributes {
    private int nEpoch = 1;
    private int epoch;
    private boolean training;
    private int trainIter;
    private double pctTrain;
    private DoubleSupplier smoothLoss = () -> Double.NaN;
    private DataLoader loader;
    private int iter = -1;
    private int nIter = -1;
    private Batch batch;
    private Tensor pred;
    private Tensor lossGrad;
    private Tensor loss;

    LearnerAttributes() {}

    /** The event whose handlers are running; null outside of events. */
    public abstract Event event();

    /** The number of epochs of this fit; 1 before the first, kept afterwards. */
    @Attribute(owners = TrainEvalCallback.class)
    public final int nEpoch() {
        return nEpoch;
    }

    /** For {@link TrainEvalCallback}; a fit fixes its number of epochs when it begins. */
    public final void setNEpoch(int nEpoch) {
        this.nEpoch = nEpoch;
    }

    /** The running epoch of this fit, from 0; kept after the fit. */
    @Attribute(owners = TrainEvalCallback.class)
    public final int epoch() {
        return epoch;
    }

    /** For {@link TrainEvalCallback}. */
    public final void setEpoch(int epoch) {
        this.epoch = epoch;
    }

    /** Whether the batches are training batches, with backward and step. Set by {@link TrainEvalCallback}; false without it. */
    @Attribute(owners = TrainEvalCallback.class)
    public final boolean training() {
        return training;
    }

    /** For {@link TrainEvalCallback}. */
    public final void setTraining(boolean training) {
        this.training = training;
    }

    /** The training batches that this fit has completed, cancelled ones included. */
    @Attribute(from = Event.BEFORE_FIT, owners = TrainEvalCallback.class)
    public final int trainIter() {
        return trainIter;
    }

    /** For {@link TrainEvalCallback}. */
    public final void setTrainIter(int trainIter) {
        this.trainIter = trainIter;
    }

    /** The share of this fit's training that is done, 0 to 1. */
    @Attribute(from = Event.BEFORE_FIT, owners = TrainEvalCallback.class)
    public final double pctTrain() {
        return pctTrain;
    }

    /** For {@link TrainEvalCallback}. */
    public final void setPctTrain(double pctTrain) {
        this.pctTrain = pctTrain;
    }

    /**
     * The bias-corrected exponential average of the training losses; NaN before the first. Reading it waits for the device.
     *
     * @see Recorder
     */
    @Attribute(from = Event.AFTER_BATCH, owners = Recorder.class)
    public final double smoothLoss() {
        return smoothLoss.getAsDouble();
    }

    /** The value is computed when it is read, so that a step does not wait for the device. */
    public final void setSmoothLoss(DoubleSupplier smoothLoss) {
        this.smoothLoss = smoothLoss;
    }

    /** The number of the batch in its loader, from 0. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_TRAIN)
    public final int iter() {
        if (iter < 0) throw absent("iter", "before_batch to after_train");
        return iter;
    }

    /** The number of batches of the loader at work. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_TRAIN)
    public final int nIter() {
        if (nIter < 0) throw absent("nIter", "before_batch to after_train");
        return nIter;
    }

    /** The batch: inputs and targets, on the device of the loaders. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH, writable = true)
    public final Batch batch() {
        if (batch == null) throw absent("batch", "before_batch to after_batch");
        return batch;
    }

    /** Replaces inputs and targets. The new tensors are to live until the batch ends: those made in a handler do. */
    public final void setBatch(Batch batch) {
        this.batch = batch;
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

    /** The input of the batch, where it is one tensor. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final Tensor x() {
        return single("x", "inputs", xb());
    }

    /** The target of the batch, where it is one tensor. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final Tensor y() {
        return single("y", "targets", yb());
    }

    /** What the model made of the inputs. */
    @Attribute(from = Event.AFTER_PRED, until = Event.AFTER_BATCH, writable = true)
    public final Tensor pred() {
        if (pred == null) throw absent("pred", "after_pred to after_batch");
        return pred;
    }

    /** Replaces the output. The new tensor is to live until the batch ends: one made in a handler does. */
    public final void setPred(Tensor pred) {
        this.pred = pred;
    }

    /**
     * The loss that backward starts from: what the loss function returned, a scalar unless it does not reduce. Replacing it changes the
     * gradients and not what is reported.
     */
    @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
    public final Tensor lossGrad() {
        if (lossGrad == null) throw absent("lossGrad", "after_loss to after_batch");
        return lossGrad;
    }

    /** Replaces the loss that backward starts from. The new tensor is to live until the batch ends: one made in a handler does. */
    public final void setLossGrad(Tensor lossGrad) {
        this.lossGrad = lossGrad;
    }

    /** Whether the model's output for the batch at hand is there. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final boolean predicted() {
        return pred != null;
    }

    /** Whether the loss of the batch at hand has been computed: not so before the model has run, or where there are no targets. */
    @Attribute(from = Event.BEFORE_BATCH, until = Event.AFTER_BATCH)
    public final boolean lossComputed() {
        return lossGrad != null;
    }

    /**
     * The loss that is reported: a copy of {@link #lossGrad}, detached from the graph, made before {@link Event#AFTER_LOSS}. Replacing
     * it never changes the gradients. The last one stays after the batch; a fit starts with 0 and ends with none.
     */
    @Attribute(from = Event.AFTER_LOSS, until = Event.AFTER_BATCH, writable = true)
    public final Tensor loss() {
        if (loss == null) throw absent("loss", "after_loss to after_batch");
        return loss;
    }

    /** Whether there is a loss, of the batch at hand or of one before: not so in a run inside of another until its first one. */
    public final boolean hasLoss() {
        return loss != null;
    }

    /** The learner takes a handle of its own, so the loss outlives the batch. */
    public final void setLoss(Tensor loss) {
        Tensor previous = this.loss;
        this.loss = loss == null ? null : Handles.keep(loss);
        if (previous != null) previous.close();
    }

    // ---- what only the loop and the learner do

    /** Looks whether somebody records. */
    abstract void observe();

    final void beginBatches() {
        nIter = loader.size();
        observe(); // who began to record in the middle of a fit sees the next phase
    }

    final void beginBatch(int iter, Batch batch) {
        this.iter = iter;
        this.batch = batch;
    }

    /** Called while the batch's native scope closes: what it held is gone. */
    final void endBatch() {
        batch = null;
        pred = null;
        lossGrad = null;
    }

    /** A phase begins over a loader; there is no batch number until its first batch. */
    final void work(DataLoader over) {
        loader = over;
        iter = -1;
        nIter = -1;
    }

    /** The loader at work. */
    final DataLoader loader() {
        return loader;
    }

    /** What a nested run would overwrite: the batch at hand and, unless it is a fit, the counters. */
    record RunState(
            DataLoader loader,
            int iter,
            int nIter,
            Batch batch,
            Tensor pred,
            Tensor lossGrad,
            Tensor loss,
            Counters counters) {}

    /** The counters of a fit and the mode of the model. */
    record Counters(int epoch, int trainIter, double pctTrain, boolean training, Runnable mode) {}

    /** Puts the state aside for a nested run. */
    final RunState suspend(RunKind nested) {
        Counters counters = nested == RunKind.FIT ? null : new Counters(epoch, trainIter, pctTrain, training, mode());
        RunState state = new RunState(loader, iter, nIter, batch, pred, lossGrad, loss, counters);
        loss = null; // without closing it
        endBatch();
        return state;
    }

    /** Takes the state up again behind a nested run. */
    final void resume(RunState state) {
        setLoss(null);
        loader = state.loader;
        iter = state.iter;
        nIter = state.nIter;
        batch = state.batch;
        pred = state.pred;
        lossGrad = state.lossGrad;
        loss = state.loss;
        Counters counters = state.counters;
        if (counters == null) return; // a nested fit's counters stay, as in fastai
        epoch = counters.epoch;
        trainIter = counters.trainIter;
        pctTrain = counters.pctTrain;
        training = counters.training;
        counters.mode.run();
    }

    /** What puts the model back into the mode that it is in now. */
    abstract Runnable mode();

    /** Where the run is, for messages: {@code " (epoch 3, batch 17)"}. */
    final String place() {
        return " (epoch " + epoch + (batch == null ? "" : ", batch " + iter) + ")";
    }

    private Tensor single(String name, String what, List<Tensor> tensors) {
        if (tensors.size() != 1) {
            throw new IllegalStateException("The batch has " + tensors.size() + " " + what + ", so there is no single '"
                    + name + "'; read " + (name.equals("x") ? "xb" : "yb") + ".");
        }
        return tensors.get(0);
    }

    private IllegalStateException absent(String name, String when) {
        Event at = event();
        return new IllegalStateException("'" + name + "' is absent" + (at == null ? "" : " at " + at.lowerCaseName())
                + ": it is there from " + when + ".");
    }
}
