package dev.rondo;

import static dev.rondo.Ending.closing;
import static dev.rondo.Ending.finishing;
import static dev.rondo.event.Event.*;
import static dev.rondo.event.Scope.*;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The training loop, whole: the only place that fires the 24 events.
 *
 * <pre>
 * fit ⊃ epoch ⊃ { train ⊃ batch ⊃ { backward, step } , validate ⊃ batch }
 * </pre>
 *
 * A scope fires its before event and runs its body; if its own cancel is raised meanwhile it fires its after-cancel event; then it fires
 * its after event. Both after events stand outside, in the scope around it. Any other exception passes through and skips them.
 *
 * @see <a href="https://docs.fast.ai/learner.html">fastai, Learner</a>
 */
final class TrainingLoop {
    private final Learner learner;
    private final OpenScopes scopes;
    // Fields, so that a batch allocates none.
    private final Ending.Body epochs = this::epochs, epoch = this::epoch, batches = this::batches;
    private final Ending.Body batch = this::batch, backward = this::backward, step = this::step;

    TrainingLoop(Learner learner, OpenScopes scopes) {
        this.learner = learner;
        this.scopes = scopes;
    }

    void created() throws CancelException {
        learner.fire(AFTER_CREATE);
    }

    void fit() throws CancelException {
        scope(FIT, BEFORE_FIT, epochs, AFTER_CANCEL_FIT, AFTER_FIT);
        learner.clearRun(); // not after an exception: what it left can be looked at
    }

    private void epochs() throws CancelException {
        learner.resumeCallbacks(); // in before_fit they have begun anew
        int n = learner.nEpoch(); // fixed here: a nested fit changes the attribute
        for (int e = 0; e < n; e++) {
            learner.beginEpoch(e);
            scope(EPOCH, BEFORE_EPOCH, epoch, AFTER_CANCEL_EPOCH, AFTER_EPOCH);
        }
    }

    private void epoch() throws CancelException {
        learner.work(learner.dataLoaders().train());
        scope(TRAIN, BEFORE_TRAIN, batches, AFTER_CANCEL_TRAIN, AFTER_TRAIN);
        validation(learner.dataLoaders().valid());
    }

    /** The validation alone, as a part of the run in whose handler it is called. */
    void validateInside(DataLoader over) throws CancelException {
        validation(over);
    }

    private void validation(DataLoader over) throws CancelException {
        learner.work(over);
        try (NoGrad off = NoGrad.enter()) {
            scope(VALIDATE, BEFORE_VALIDATE, batches, AFTER_CANCEL_VALIDATE, AFTER_VALIDATE);
        }
    }

    /** A validation by itself. */
    void validate(DataLoader over) throws CancelException {
        finishing(open(), () -> validation(over));
    }

    /** What a validation by itself has around it: a fit and an epoch, which no cancel leaves, and which end however it ends. */
    Ending open() throws CancelException {
        OpenScopes.Open fit = scopes.open(FIT);
        scopes.open(EPOCH); // ends with the fit around it
        try {
            learner.fire(BEFORE_FIT);
            learner.fire(BEFORE_EPOCH);
        } catch (Throwable t) {
            fit.close(t);
            throw t;
        }
        return () -> closing(fit, () -> {
            learner.fire(AFTER_EPOCH);
            learner.fire(AFTER_FIT);
        });
    }

    private void batches() throws CancelException {
        learner.beginBatches();
        DataLoader.Pass pass = learner.loader().open(learner.epochOfData());
        closing(pass::close, () -> batches(pass));
    }

    private void batches(DataLoader.Pass pass) throws CancelException {
        for (int i = 0; ; i++) {
            try (PointerScope memory = new PointerScope()) { // frees what the batch allocates
                Batch drawn = pass.next();
                if (drawn == null) return;
                learner.beginBatch(i, learner.dataLoaders().toDevice(drawn));
                scope(BATCH, BEFORE_BATCH, batch, AFTER_CANCEL_BATCH, AFTER_BATCH);
            } finally {
                learner.endBatch();
            }
        }
    }

    private void batch() throws CancelException {
        learner.setPred(learner.model().forward(learner.xb().toArray(Tensor[]::new)));
        learner.fire(AFTER_PRED);
        if (!learner.yb().isEmpty()) {
            learner.setLossGrad(learner.lossFunction().of(learner.pred(), learner.yb()));
            learner.setLoss(Handles.copy(learner.lossGrad()));
        }
        learner.fire(AFTER_LOSS);
        if (!learner.training() || learner.yb().isEmpty()) return;
        scope(BACKWARD, BEFORE_BACKWARD, backward, AFTER_CANCEL_BACKWARD, AFTER_BACKWARD);
        scope(STEP, BEFORE_STEP, step, AFTER_CANCEL_STEP, AFTER_STEP);
        learner.optimizer().zeroGrad(); // outside: a cancelled step still zeroes
    }

    private void backward() {
        learner.lossGrad().backward();
    }

    private void step() {
        learner.optimizer().step();
    }

    private void scope(Scope scope, Event before, Ending.Body body, Event afterCancel, Event after)
            throws CancelException {
        OpenScopes.Open open = scopes.open(scope);
        Throwable leaving = null;
        try {
            try {
                learner.fire(before);
                body.run();
            } catch (CancelException cancel) {
                if (cancel.scope() != scope) throw cancel;
                learner.fire(afterCancel);
            }
            learner.fire(after);
        } catch (Throwable t) {
            leaving = t;
            throw t;
        } finally {
            open.close(leaving); // last: what lasts until the end of the scope sees its after events
        }
    }
}
