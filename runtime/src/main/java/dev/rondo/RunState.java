package dev.rondo;

import dev.rondo.check.Range;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.event.RunKind;
import dev.rondo.torch.Handles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** The state of one run of a learner: the current loader and the current batch. A nested run has its own state. */
final class RunState {
    /** How far a fit has come. A nested fit goes on with the counters of the outer run, as in fastai; other nested runs have a copy. */
    static final class Counters {
        int epoch;
        int trainIter;
        double pctTrain;
        boolean training;

        Map<String, Object> save() {
            Map<String, Object> saved = new LinkedHashMap<>();
            saved.put("epoch", epoch);
            saved.put("training batches", trainIter);
            saved.put("completed fraction", pctTrain);
            saved.put("training", training);
            return saved;
        }

        void restore(SavedMap saved) {
            epoch = saved.count("epoch");
            trainIter = saved.count("training batches");
            pctTrain = saved.fraction("completed fraction");
            training = saved.flag("training");
        }

        private Counters copy() {
            Counters copy = new Counters();
            copy.epoch = epoch;
            copy.trainIter = trainIter;
            copy.pctTrain = pctTrain;
            copy.training = training;
            return copy;
        }
    }

    Counters counters = new Counters();

    int loopEpoch; // unlike the counter, no nested fit changes it
    long pass; // the number that the pass over the loader was opened with

    @Nullable
    DataLoader loader;

    int iter = -1; // -1 before the first batch of a phase
    int nIter = -1;

    @Nullable
    Batch batch;

    @Nullable
    Tensor pred;

    @Nullable
    Tensor lossGrad;

    private @Nullable Tensor loss;

    /** The state at the start of a run nested in this one: without a batch and a loss. */
    RunState nested(RunKind kind) {
        RunState nested = new RunState();
        nested.counters = kind == RunKind.FIT ? counters : counters.copy();
        nested.loader = loader;
        nested.iter = iter;
        nested.nIter = nIter;
        return nested;
    }

    /** Begins a phase over a loader; there is no batch index until its first batch. */
    void beginPhase(@Nullable DataLoader over) {
        loader = over;
        iter = -1;
        nIter = -1;
    }

    /** Goes on inside a phase: its last batch has this index. */
    void goOn(Progress from) {
        if (!from.insideEpoch() || from.batch() == 0 || loader == null) return;
        iter = from.batch() - 1;
        nIter = loader.size();
    }

    /** Begins the batches of the phase. Returns their loader. */
    DataLoader beginBatches() {
        DataLoader over = Objects.requireNonNull(loader);
        nIter = Range.NOT_NEGATIVE.check("The size() of a loader", over.size());
        return over;
    }

    void beginBatch(int iter, Batch batch) {
        this.iter = iter;
        this.batch = batch;
    }

    /** Called before the native scope of the batch closes and frees its tensors. */
    void endBatch() {
        batch = null;
        pred = null;
        lossGrad = null;
    }

    @Nullable
    Tensor loss() {
        return loss;
    }

    /** Keeps its own handle, so that the loss outlives the batch, and closes the previous one. */
    void setLoss(@Nullable Tensor loss) {
        Tensor previous = this.loss;
        this.loss = loss == null ? null : Handles.keep(loss);
        if (previous != null) previous.close();
    }
}
