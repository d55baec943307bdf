package dev.rondo;

import static dev.rondo.ScopeEnd.closeAfter;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.event.CancelException;
import dev.rondo.event.RunKind;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.FitLength;
import dev.rondo.schedule.LrCurve;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.LrSearch;
import dev.rondo.schedule.Schedule;
import dev.rondo.schedule.StepSchedule;
import dev.rondo.torch.EnableGrad;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The runs of a learner that train: applies the options of a fit, then runs the loop. */
final class Fits {
    private final Learner learner;
    private final TrainingLoop loop;
    private final Optimizer.Factory optimizers;
    private final double lr; // of fits that set none
    private final boolean trainNorms; // in parameter groups that are frozen

    Fits(Learner learner, TrainingLoop loop, LearnerBuilder builder) {
        this.learner = learner;
        this.loop = loop;
        optimizers = builder.optimizer;
        lr = builder.lr;
        trainNorms = builder.trainNorms;
    }

    void fit(RunKind kind, int epochs, Consumer<FitOptions> how) {
        checkEpochs(epochs);
        FitOptions options = new FitOptions();
        Argument.given("how", how).accept(options);
        if (epochs > 0 && learner.dataLoaders().train().size() == 0) {
            LoggerFactory.getLogger(Learner.class)
                    .warn(
                            "The training loader has no batches, so nothing is trained. With dropLast, a batch must not be larger than the data.");
        }
        if (learner.stopped() && learner.runDepth() == 0) return; // the program has been asked to end
        learner.runs.run(kind, () -> {
            learner.safePoints.beginFit();
            closeAfter(learner.safePoints::endFit, () -> {
                if (isOutermost()) outermost(epochs, options);
                else run(epochs, options, null);
            });
        });
    }

    /** Whether the run is a fit that is neither nested nor a search. It has checkpoints, and may go on from one. */
    private boolean isOutermost() {
        return learner.runKind() == RunKind.FIT && learner.runDepth() == 1;
    }

    private void outermost(int epochs, FitOptions options) throws CancelException {
        Resumption from = learner.resumption();
        if (from == null || !from.isAfterFit(learner.fitsEnded())) run(epochs, options, from);
        if (!learner.stopped()) learner.countFit();
    }

    private void run(int epochs, FitOptions options, @Nullable Resumption from) throws CancelException {
        List<CallbackSpec> callbacks = callbacks(options, epochs);
        try (EnableGrad on = EnableGrad.enter(); // for a fit that a handler starts in a validation
                CallbackRegistry.Added added = learner.registry.addedForRun(callbacks)) {
            Map<String, ? extends Map<String, ?>> states = options.resumed();
            if (states != null) new CallbackStates(learner.callbacks()).check(states); // before anything happens
            prepareOptimizer(options);
            if (isOutermost()) begin(RunIdentity.of(learner, epochs), from);
            learner.setNEpoch(epochs);
            if (from != null && from.progress().part() == Progress.Part.END) {
                learner.restored(Progress.Part.END);
                return;
            }
            loop.fit(() -> {
                if (states != null) new CallbackStates(learner.callbacks()).restore(states);
            });
            learner.checkResumed();
        } catch (Throwable t) {
            if (from != null) from.pause(); // the next call of fit tries again
            throw t;
        }
    }

    private void begin(RunIdentity identity, @Nullable Resumption from) {
        learner.safePoints.begin(identity);
        if (from != null) from.begin(learner, identity);
    }

    private static void checkEpochs(int epochs) {
        Range.NOT_NEGATIVE.check("The number of epochs of a fit", epochs);
    }

    private List<CallbackSpec> callbacks(FitOptions options, int epochs) {
        List<CallbackSpec> callbacks = new ArrayList<>(options.callbacks());
        StepSchedule schedule = options.schedule();
        if (schedule != null) callbacks.add(0, learner.registry.spec("schedule", scheduler(schedule, options, epochs)));
        if (options.startEpoch() > 0) {
            callbacks.add(learner.registry.spec("skip_to_epoch", new SkipToEpoch(options.startEpoch())));
        }
        return callbacks;
    }

    private ParamScheduler scheduler(StepSchedule schedule, FitOptions options, int epochs) {
        FitLength length = new FitLength(epochs, learner.dataLoaders().train().size());
        Schedule[] perGroup =
                lrs(options).stream().map(lr -> schedule.lr(lr, length)).toArray(Schedule[]::new);
        ParamScheduler scheduler = new ParamScheduler(Hyper.LR, perGroup);
        Schedule mom = schedule.mom();
        return mom == null ? scheduler : scheduler.and(Hyper.MOM, mom);
    }

    /** The learning rates of a fit, one for each parameter group. */
    private List<Double> lrs(FitOptions options) {
        int groups = groups().size();
        List<Double> lrs = options.lrs(lr, groups);
        Optimizer.checkCount(Hyper.LR, lrs.size(), groups);
        return lrs;
    }

    private void prepareOptimizer(FitOptions options) {
        List<Double> lrs = lrs(options); // fails before anything changes
        Optimizer before = learner.madeOptimizer();
        if (options.resetsOptimizer() && before != null) {
            before.clearState();
            learner.replaceOptimizer(null);
        }
        Optimizer optimizer = optimizer();
        options.wd().ifPresent(wd -> optimizer.set(Hyper.WD, wd));
        // A schedule sets the rates at each batch; until then they are the learner's.
        if (options.schedule() == null) optimizer.set(Hyper.LR, lrs);
        else optimizer.set(Hyper.LR, lr);
    }

    /** The optimizer; makes one if there is none. */
    Optimizer optimizer() {
        Optimizer made = learner.madeOptimizer();
        if (made == null) {
            made = optimizers.create(groups(), lr);
            if (made == null) throw new IllegalStateException("The factory of the optimizer returned null.");
            checkTrains(made);
            learner.replaceOptimizer(made);
        }
        return made;
    }

    private void checkTrains(Optimizer made) {
        Set<Long> given = new HashSet<>();
        try (PointerScope temporary = new PointerScope()) {
            for (List<Parameter> group : learner.model().parameterGroups()) {
                for (Parameter p : group)
                    given.add(p.tensor().unsafeGetTensorImpl().address());
            }
            boolean none = made.groups().stream()
                    .flatMap(group -> group.parameters().stream())
                    .noneMatch(
                            p -> given.contains(p.tensor().unsafeGetTensorImpl().address()));
            if (none) {
                throw new IllegalStateException(
                        "The optimizer has none of the model's parameters, so nothing would be trained: its"
                                + " factory takes the groups that it is given.");
            }
        }
    }

    /** The parameter groups of the model. */
    private List<List<Parameter>> groups() {
        return Argument.all("parameterGroups", learner.model().parameterGroups());
    }

    /** Moves the model to its device, where the optimizer's state will be, and returns the optimizer. */
    Optimizer placedOptimizer() {
        learner.model().to(learner.dataLoaders().device());
        return optimizer();
    }

    void fineTune(int epochs, FineTuning tuning, Consumer<FitOptions> how) {
        checkEpochs(epochs);
        Argument.given("tuning", tuning);
        Argument.given("how", how);
        fit(RunKind.FIT, tuning.freezeEpochs(), fit -> {
            how.accept(fit);
            if (fit.resumed() != null) {
                throw new IllegalArgumentException(
                        "fineTune makes two fits, and a state belongs to one of them: call freeze() or"
                                + " unfreeze(), then the fit that was stopped.");
            }
            fit.schedule(tuning.frozen()).lrOfLast(tuning.baseLr());
            learner.freeze(); // when the options have been checked
        });
        if (learner.stopped()) return;
        learner.unfreeze();
        fit(RunKind.FIT, epochs, fit -> {
            how.accept(fit);
            fit.schedule(tuning.whole()).lr(tuning.baseLr() / 2 / tuning.lrMult(), tuning.baseLr() / 2);
        });
    }

    LrSearch lrFind(LrRange range) {
        Argument.given("range", range);
        int batches = learner.dataLoaders().train().size();
        if (batches < 1) throw new IllegalArgumentException("Without training batches no learning rate can be found.");
        if (range.start().size() > 1) {
            Optimizer.checkCount(
                    Hyper.LR,
                    range.start().size(),
                    learner.model().parameterGroups().size());
        }
        Recorder recorder = learner.recorder(); // fails if there is none
        return learner.runs.exclusively(() -> {
            try (LearnerSnapshot before = new LearnerSnapshot(learner);
                    Undo silent = learner.noLogging()) {
                LrFinder finder = new LrFinder(range);
                fit(
                        RunKind.LR_FIND,
                        range.batches() / batches + 1,
                        fit -> fit.callback(learner.registry.unused("lr_finder"), finder));
                LrCurve curve = new LrCurve(recorder.lrs(), recorder.smoothLosses());
                return LrSearch.of(curve, range.batches());
            }
        });
    }

    void freezeTo(int n) {
        learner.runs.exclusively(() -> optimizer().freezeTo(n, trainNorms));
    }
}
