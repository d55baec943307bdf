package dev.rondo;

import static dev.rondo.ScopeEnd.closeAfter;
import static dev.rondo.ScopeEnd.finallyRun;
import static dev.rondo.event.Scope.*;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.event.CancelException;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.spi.Events;
import dev.rondo.spi.LoopBody;
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
    /** Fires an event. Each is a constant, so that compilers at run time, where they inline a scope, know the event's method. */
    private interface Fire {
        void fire(Events on, Phase phase) throws CancelException;
    }

    /** What a scope is around. */
    private interface Body {
        void run(TrainingLoop loop, Events on) throws CancelException;
    }

    private final Learner learner;
    private final ScopeStack scopes;

    TrainingLoop(Learner learner, ScopeStack scopes) {
        this.learner = learner;
        this.scopes = scopes;
    }

    void created() throws CancelException {
        learner.events().afterCreate(learner.phase());
    }

    void fit() throws CancelException {
        scope(learner.events(), FIT, Events::beforeFit, TrainingLoop::epochs, Events::afterCancelFit, Events::afterFit);
        learner.clearRun(); // not after an exception: what it left can be looked at
    }

    private void epochs(Events on) throws CancelException {
        learner.resumeCallbacks(); // in before_fit they have begun anew
        int n = learner.nEpoch(); // fixed here: a nested fit changes the attribute
        for (int e = 0; e < n; e++) {
            learner.beginEpoch(e);
            scope(on, EPOCH, Events::beforeEpoch, TrainingLoop::epoch, Events::afterCancelEpoch, Events::afterEpoch);
        }
    }

    private void epoch(Events on) throws CancelException {
        learner.work(learner.dataLoaders().train());
        scope(on, TRAIN, Events::beforeTrain, TrainingLoop::batches, Events::afterCancelTrain, Events::afterTrain);
        validation(learner.dataLoaders().valid());
    }

    /** The validation alone, as a part of the run in whose handler it is called. */
    void validateInside(DataLoader over) throws CancelException {
        validation(over);
    }

    private void validation(DataLoader over) throws CancelException {
        learner.work(over);
        try (NoGrad off = NoGrad.enter()) {
            scope(
                    learner.events(),
                    VALIDATE,
                    Events::beforeValidate,
                    TrainingLoop::batches,
                    Events::afterCancelValidate,
                    Events::afterValidate);
        }
    }

    /** A validation by itself. */
    void validate(DataLoader over) throws CancelException {
        finallyRun(open(), () -> validation(over));
    }

    /** What a validation by itself has around it: a fit and an epoch, which no cancel leaves, and which end however it ends. */
    ScopeEnd open() throws CancelException {
        ScopeStack.Open fit = scopes.open(FIT);
        scopes.open(EPOCH); // ends with the fit around it
        Events on = learner.events();
        try {
            on.beforeFit(learner.phase());
            on.beforeEpoch(learner.phase());
        } catch (Throwable t) {
            fit.close(t);
            throw t;
        }
        return () -> closeAfter(fit, () -> {
            on.afterEpoch(learner.phase());
            on.afterFit(learner.phase());
        });
    }

    private void batches(Events on) throws CancelException {
        learner.beginBatches();
        DataLoader.Pass pass = learner.loader().open(learner.epochOfData());
        closeAfter(pass::close, () -> on.loop(new Batches(pass)));
    }

    private final class Batches implements LoopBody {
        private final DataLoader.Pass pass;

        Batches(DataLoader.Pass pass) {
            this.pass = pass;
        }

        @Override
        public boolean next(Events on, int i) throws CancelException {
            try (PointerScope memory = new PointerScope()) { // frees what the batch allocates
                Batch drawn = pass.next();
                if (drawn == null) return false;
                learner.beginBatch(i, learner.dataLoaders().toDevice(drawn));
                scope(
                        on,
                        BATCH,
                        Events::beforeBatch,
                        TrainingLoop::batch,
                        Events::afterCancelBatch,
                        Events::afterBatch);
                return true;
            } finally {
                learner.endBatch();
            }
        }
    }

    private void batch(Events on) throws CancelException {
        learner.setPred(learner.model().forward(learner.xb().toArray(Tensor[]::new)));
        on.afterPred(learner.phase());
        if (!learner.yb().isEmpty()) {
            learner.setLossGrad(learner.lossFunction().of(learner.pred(), learner.yb()));
            learner.setLoss(Handles.copy(learner.lossGrad()));
        }
        on.afterLoss(learner.phase());
        if (!learner.training() || learner.yb().isEmpty()) return;
        scope(
                on,
                BACKWARD,
                Events::beforeBackward,
                TrainingLoop::backward,
                Events::afterCancelBackward,
                Events::afterBackward);
        scope(on, STEP, Events::beforeStep, TrainingLoop::step, Events::afterCancelStep, Events::afterStep);
        learner.optimizer().zeroGrad(); // outside: a cancelled step still zeroes
    }

    private void backward(Events on) {
        learner.lossGrad().backward();
    }

    private void step(Events on) {
        learner.optimizer().step();
    }

    private void scope(Events on, Scope scope, Fire before, Body body, Fire afterCancel, Fire after)
            throws CancelException {
        ScopeStack.Open open = scopes.open(scope);
        Throwable leaving = null;
        try {
            try {
                before.fire(on, learner.phase());
                body.run(this, on);
            } catch (CancelException cancel) {
                if (cancel.scope() != scope) throw cancel;
                afterCancel.fire(on, learner.phase());
            }
            after.fire(on, learner.phase());
        } catch (Throwable t) {
            leaving = t;
            throw t;
        } finally {
            open.close(leaving); // last: what lasts until the end of the scope sees its after events
        }
    }
}
