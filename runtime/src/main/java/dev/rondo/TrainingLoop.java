package dev.rondo;

import static dev.rondo.ScopeEnd.closeAfter;
import static dev.rondo.ScopeEnd.finallyRun;

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

/**
 * The whole training loop, and the only place that fires the 24 events.
 *
 * <pre>
 * fit ⊃ epoch ⊃ { train ⊃ batch ⊃ { backward, step } , validate ⊃ batch }
 * </pre>
 *
 * A scope fires its before event and runs its body. If its own cancel is thrown meanwhile, it fires its after-cancel event. Then it fires
 * its after event. Both after events are outside the scope, in the one around it. Any other exception propagates and skips them.
 *
 * @see <a href="https://docs.fast.ai/learner.html">fastai, Learner</a>
 */
final class TrainingLoop {
    /** Fires an event. */
    private interface Fire {
        void fire(Events on, Phase phase) throws CancelException;
    }

    /** The events around a scope. Each bracket is a constant, so the JIT knows the method of each event where it inlines a scope. */
    private record Bracket(Scope scope, Fire before, Fire afterCancel, Fire after) {}

    private static final Bracket FIT =
            new Bracket(Scope.FIT, Events::beforeFit, Events::afterCancelFit, Events::afterFit);
    private static final Bracket EPOCH =
            new Bracket(Scope.EPOCH, Events::beforeEpoch, Events::afterCancelEpoch, Events::afterEpoch);
    private static final Bracket TRAIN =
            new Bracket(Scope.TRAIN, Events::beforeTrain, Events::afterCancelTrain, Events::afterTrain);
    private static final Bracket VALIDATE =
            new Bracket(Scope.VALIDATE, Events::beforeValidate, Events::afterCancelValidate, Events::afterValidate);
    private static final Bracket BATCH =
            new Bracket(Scope.BATCH, Events::beforeBatch, Events::afterCancelBatch, Events::afterBatch);
    private static final Bracket BACKWARD =
            new Bracket(Scope.BACKWARD, Events::beforeBackward, Events::afterCancelBackward, Events::afterBackward);
    private static final Bracket STEP =
            new Bracket(Scope.STEP, Events::beforeStep, Events::afterCancelStep, Events::afterStep);

    /** The body of a scope. */
    private interface Body {
        void run(TrainingLoop loop, Events on) throws CancelException;
    }

    private final Learner learner;
    private final ScopeStack scopes;
    private final UntrainedLayers untrained = new UntrainedLayers();

    TrainingLoop(Learner learner, ScopeStack scopes) {
        this.learner = learner;
        this.scopes = scopes;
    }

    private Events events() {
        return learner.runs.dispatcher().events();
    }

    void created() throws CancelException {
        events().afterCreate(learner.phase());
    }

    /** @param begun runs after before_fit, in which callbacks reset themselves */
    void fit(Runnable begun) throws CancelException {
        scope(events(), FIT, (loop, on) -> {
            begun.run();
            epochs(on);
        });
        learner.safePoints.reached(Progress.Part.END, learner.epoch(), 0);
        learner.clearRun(); // not after an exception, so that the state can be inspected
    }

    private void epochs(Events on) throws CancelException {
        int n = learner.nEpoch(); // read once, and here: a nested fit changes the attribute
        Progress from = learner.restored(Progress.Part.EPOCH_START);
        for (int e = from == null ? 0 : from.epoch(); ; e++) {
            learner.safePoints.reached(Progress.Part.EPOCH_START, e, 0);
            if (e >= n) return;
            learner.beginEpoch(e);
            scope(on, EPOCH, TrainingLoop::epoch);
            learner.checkResumed();
        }
    }

    private void epoch(Events on) throws CancelException {
        Progress from = learner.restored(null);
        if (from == null || from.part() == Progress.Part.TRAIN) {
            learner.beginPhase(learner.dataLoaders().train());
            scope(on, TRAIN, TrainingLoop::train);
            learner.checkResumed();
        }
        validateInside(learner.dataLoaders().valid());
    }

    private void train(Events on) throws CancelException {
        batches(on, Progress.Part.TRAIN);
    }

    private void validate(Events on) throws CancelException {
        batches(on, Progress.Part.VALIDATE);
    }

    /** Runs only the validation, as part of the running run. */
    void validateInside(DataLoader over) throws CancelException {
        learner.beginPhase(over);
        try (NoGrad off = NoGrad.enter()) {
            scope(events(), VALIDATE, TrainingLoop::validate);
        }
    }

    /** Runs a validation as its own run. */
    void validate(DataLoader over) throws CancelException {
        finallyRun(open(), () -> validateInside(over));
    }

    /** Opens the fit and the epoch around a validation. They catch every cancel, and end however the validation ends. */
    ScopeEnd open() throws CancelException {
        ScopeStack.Frame fit = scopes.open(Scope.FIT);
        scopes.open(Scope.EPOCH); // ends with the fit around it
        Events on = events();
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

    private void batches(Events on, Progress.Part part) throws CancelException {
        learner.runs.observe();
        Progress from = learner.restored(part);
        int first = from == null ? 0 : from.batch();
        DataLoader loader = learner.run().beginBatches();
        learner.run().pass =
                from == null ? Math.max(0, learner.epochsBegun() - 1) : from.pass(); // outside fits, the last one again
        if (from != null) learner.safePoints.reached(part, from.epoch(), first); // what was asked for meanwhile
        DataLoader.Pass pass = Computation.opened(loader, learner.run().pass, first);
        closeAfter(pass::close, () -> on.loop(new Batches(pass, part, first)));
    }

    private final class Batches implements LoopBody {
        private final DataLoader.Pass pass;
        private final Progress.Part part;
        private final int first; // above 0 if the fit goes on from a checkpoint

        Batches(DataLoader.Pass pass, Progress.Part part, int first) {
            this.pass = pass;
            this.part = part;
            this.first = first;
        }

        @Override
        public boolean next(Events on, int turn) throws CancelException {
            int i = first + turn;
            if (!batch(on, i)) return false;
            learner.safePoints.reached(part, learner.run().loopEpoch, i + 1);
            return true;
        }

        private boolean batch(Events on, int i) throws CancelException {
            try (PointerScope memory = new PointerScope()) { // frees the native memory of the batch
                Batch drawn = Computation.drawn(pass, i, learner.run().nIter);
                if (drawn == null) return false;
                learner.run().beginBatch(i, Computation.onDevice(learner, drawn));
                scope(on, BATCH, TrainingLoop::batch);
                return true;
            } finally {
                learner.run().endBatch();
            }
        }
    }

    private void batch(Events on) throws CancelException {
        learner.setPred(untrained.pred(learner));
        on.afterPred(learner.phase());
        if (!learner.yb().isEmpty()) {
            learner.setLossGrad(Computation.loss(learner));
            learner.setLoss(Handles.copy(learner.lossGrad()));
        }
        on.afterLoss(learner.phase());
        if (!learner.training()) return;
        if (learner.yb().isEmpty()) {
            Computation.warnWithoutTargets(learner);
            return;
        }
        scope(on, BACKWARD, TrainingLoop::backward);
        scope(on, STEP, TrainingLoop::step);
        learner.optimizer().zeroGrad(); // outside the step, so that a cancelled step zeroes the gradients too
    }

    private void backward(Events on) {
        Computation.backward(learner);
    }

    private void step(Events on) {
        Computation.step(learner);
    }

    private void scope(Events on, Bracket bracket, Body body) throws CancelException {
        ScopeStack.Frame frame = scopes.open(bracket.scope);
        try {
            try {
                bracket.before.fire(on, learner.phase());
                body.run(this, on);
            } catch (CancelException cancel) {
                if (cancel.scope() != bracket.scope) throw cancel;
                bracket.afterCancel.fire(on, learner.phase());
            }
            bracket.after.fire(on, learner.phase());
        } catch (Throwable leaving) {
            frame.close(leaving);
            throw leaving;
        }
        frame.close(); // last: resources of the scope are closed after its after events
    }
}
