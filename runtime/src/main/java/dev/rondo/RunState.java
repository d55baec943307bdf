package dev.rondo;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.torch.Handles;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** What belongs to one run of a learner: the loader at work and the batch at hand. A nested run has a state of its own. */
final class RunState {
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
    RunState nested() {
        RunState nested = new RunState();
        nested.loader = loader;
        nested.iter = iter;
        nested.nIter = nIter;
        return nested;
    }

    /** A phase begins over a loader; there is no batch number until its first batch. */
    void beginPhase(@Nullable DataLoader over) {
        loader = over;
        iter = -1;
        nIter = -1;
    }

    /** The batches of the phase begin. Returns their loader. */
    DataLoader beginBatches() {
        DataLoader over = Objects.requireNonNull(loader);
        nIter = over.size();
        return over;
    }

    void beginBatch(int iter, Batch batch) {
        this.iter = iter;
        this.batch = batch;
    }

    /** The native scope of the batch is about to close, and what it held is gone. */
    void endBatch() {
        batch = null;
        pred = null;
        lossGrad = null;
    }

    @Nullable
    Tensor loss() {
        return loss;
    }

    /** Takes a handle of its own, so that the loss outlives the batch, and closes the one before it. */
    void setLoss(@Nullable Tensor loss) {
        Tensor previous = this.loss;
        this.loss = loss == null ? null : Handles.keep(loss);
        if (previous != null) previous.close();
    }
}
