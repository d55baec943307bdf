package dev.rondo;

import dev.rondo.event.RunKind;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.ParameterGroup;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.FlatCosine;
import dev.rondo.schedule.LrCurve;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.LrSearch;
import dev.rondo.schedule.OneCycle;
import dev.rondo.schedule.Schedule;
import dev.rondo.schedule.WarmRestarts;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.slf4j.LoggerFactory;

/**
 * Fits whose hyper-parameters follow a schedule, and fits of a part of the model. In their {@link FitOptions} {@code lr} is the largest
 * learning rate; the schedule comes before the callbacks given there.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html">fastai, hyperparam schedule</a>
 */
public abstract sealed class LearnerFits extends LearnerCallbacks permits LearnerFiles {
    LearnerFits() {}

    // ---- with a schedule

    /** Trains with the 1cycle policy up to the learner's learning rate. */
    public final Learner fitOneCycle(int epochs) {
        return fitOneCycle(epochs, fit -> {});
    }

    /** Trains with the 1cycle policy up to this learning rate. */
    public final Learner fitOneCycle(int epochs, double lrMax) {
        return fitOneCycle(epochs, fit -> fit.lr(lrMax));
    }

    /** Trains with the 1cycle policy. */
    public final Learner fitOneCycle(int epochs, Consumer<FitOptions> how) {
        return fitOneCycle(epochs, new OneCycle(), how);
    }

    /** Trains with a 1cycle policy of a shape of one's own: {@code new OneCycle().withPctStart(0.3)}. */
    public final Learner fitOneCycle(int epochs, OneCycle cycle, Consumer<FitOptions> how) {
        return scheduled(epochs, how, cycle::lr, scheduler -> scheduler.and(Hyper.MOM, cycle.mom()));
    }

    /** Trains with a learning rate that stays for three quarters, then falls along a cosine. */
    public final Learner fitFlatCos(int epochs, double lr) {
        return fitFlatCos(epochs, new FlatCosine(), fit -> fit.lr(lr));
    }

    /** Trains with a learning rate that stays for a while, then falls along a cosine. */
    public final Learner fitFlatCos(int epochs, FlatCosine shape, Consumer<FitOptions> how) {
        return scheduled(epochs, how, shape::lr, scheduler -> {});
    }

    /** Trains with a learning rate that falls to 0 along a cosine in each cycle, each twice as long as the one before it. */
    public final Learner fitSgdr(int cycles, int cycleLen, double lrMax) {
        return fitSgdr(new WarmRestarts(cycles, cycleLen), fit -> fit.lr(lrMax));
    }

    /** Trains with a learning rate that falls to 0 along a cosine in each cycle. */
    public final Learner fitSgdr(WarmRestarts restarts, Consumer<FitOptions> how) {
        return scheduled(restarts.epochs(), how, restarts::lr, scheduler -> {});
    }

    /**
     * Trains the head of a pretrained model for an epoch while the rest is frozen, then the whole model, with rates that grow from the
     * first parameter group to the last.
     */
    public final Learner fineTune(int epochs) {
        return fineTune(epochs, new FineTuning(), fit -> {});
    }

    /** The same with another learning rate of the head. */
    public final Learner fineTune(int epochs, double baseLr) {
        return fineTune(epochs, new FineTuning().withBaseLr(baseLr), fit -> {});
    }

    /**
     * Fine-tunes: two fits.
     *
     * @param epochs those of the second fit
     * @param how options of both fits, but for their learning rates
     * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fine_tune">fastai, fine_tune</a>
     */
    public final Learner fineTune(int epochs, FineTuning tuning, Consumer<FitOptions> how) {
        freeze();
        fitOneCycle(tuning.freezeEpochs(), tuning.frozen(), fit -> {
            how.accept(fit);
            fit.lrOfLast(tuning.baseLr());
        });
        unfreeze();
        return fitOneCycle(epochs, tuning.whole(), fit -> {
            how.accept(fit);
            fit.lr(tuning.baseLr() / 2 / tuning.lrMult(), tuning.baseLr() / 2);
        });
    }

    private Learner scheduled(
            int epochs, Consumer<FitOptions> how, DoubleFunction<Schedule> lr, Consumer<ParamScheduler> more) {
        return fit(epochs, fit -> {
            how.accept(fit);
            int groups = model().parameterGroups().size();
            List<Double> rates = fit.lr(usualRate(), groups);
            Optimizer.checkCount(Hyper.LR, rates.size(), groups);
            ParamScheduler scheduler =
                    new ParamScheduler(Hyper.LR, rates.stream().map(lr::apply).toArray(Schedule[]::new));
            more.accept(scheduler);
            fit.scheduled(registry().unused("schedule"), scheduler);
        });
    }

    // ---- in search of a learning rate

    /** Searches for a learning rate from 1e-7 to 10 in 100 batches. */
    public final LrSearch lrFind() {
        return lrFind(new LrRange());
    }

    /**
     * Trains with rising learning rates, and then puts back what that has changed: weights, gradients, the optimizer, random generators,
     * the history of the recorder, the order of the data, the state of callbacks. Nothing is printed.
     *
     * @return the losses by learning rate, and what rates they suggest
     * @throws IllegalArgumentException if there is no training batch, or another number of rates than of parameter groups
     * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.lr_find">fastai, lr_find</a>
     */
    public final LrSearch lrFind(LrRange range) {
        int batches = learner().dataLoaders().train().size();
        if (batches < 1) throw new IllegalArgumentException("Without training batches no learning rate can be found.");
        if (range.start().size() > 1) {
            Optimizer.checkCount(
                    Hyper.LR, range.start().size(), model().parameterGroups().size());
        }
        Recorder recorder = recorder(); // says so if there is none
        LrSearch[] found = new LrSearch[1];
        runs().exclusively(() -> {
            try (LearnerSnapshot rollback = new LearnerSnapshot(learner());
                    Undo silent = learner().noLogging()) {
                FitOptions options = new FitOptions();
                options.callback(registry().unused("lr_finder"), new LrFinder(range));
                fit(RunKind.LR_FIND, range.batches() / batches + 1, options);
                LrCurve curve = new LrCurve(recorder.lrs(), recorder.smoothLosses());
                found[0] = LrSearch.of(curve, range.batches());
            }
        });
        return found[0];
    }

    // ---- of a part of the model

    /**
     * Lets only the parameter groups from the n-th on be trained, and the norms, unless the learner was built otherwise; a negative n
     * counts from the end. Gradients of what is frozen are dropped, and the state of the optimizer is forgotten.
     */
    public final Learner freezeTo(int n) {
        runs().exclusively(() -> {
            Optimizer optimizer = makeOptimizer();
            List<ParameterGroup> groups = optimizer.groups();
            int first = n < 0 ? groups.size() + n : n;
            if (first >= groups.size()) {
                LoggerFactory.getLogger(Learner.class)
                        .warn(
                                "freezeTo({}) freezes all {} parameter groups: nothing is left to train.",
                                n,
                                groups.size());
            }
            optimizer.clearState();
            for (int i = 0; i < groups.size(); i++) {
                for (Parameter p : groups.get(i).parameters()) {
                    boolean trains = i >= first || trainsNorms() && p.role() == Parameter.Role.NORM;
                    p.tensor().set_requires_grad(trains);
                    if (!trains) p.tensor().mutable_grad().reset();
                }
            }
        });
        return learner();
    }

    /** Lets only the last parameter group be trained, and the norms: {@code freezeTo(-1)}. Of one group, all stays as it is. */
    public final Learner freeze() {
        return freezeTo(-1);
    }

    /** Lets all parameter groups be trained: {@code freezeTo(0)}. */
    public final Learner unfreeze() {
        return freezeTo(0);
    }

    // ---- what the learner has

    /** @see Learner#fit(int, Consumer) */
    public abstract Learner fit(int epochs, Consumer<FitOptions> how);

    /** A fit of this kind. */
    abstract void fit(RunKind kind, int epochs, FitOptions options);

    /** The model. */
    public abstract Model model();

    /** The optimizer, which is made if there is none. */
    abstract Optimizer makeOptimizer();

    /** The learning rate of fits that name none. */
    abstract double usualRate();

    /** Whether norms are trained in groups that are frozen. */
    abstract boolean trainsNorms();

    final Learner learner() {
        return (Learner) this;
    }
}
