package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.check.ObjectText;
import dev.rondo.check.Range;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.schedule.FitSchedule;
import dev.rondo.schedule.StepSchedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Options of a fit: {@code learner.fit(5, fit -> fit.lr(3e-3).callbacks(new ShortEpoch(0.1)))}. */
public final class FitOptions extends RunOptions<FitOptions> {
    private @Nullable IntFunction<List<Double>> lrs;
    private String lrText = "";
    private OptionalDouble wd = OptionalDouble.empty();
    private @Nullable StepSchedule schedule;
    private int startEpoch;
    private boolean resetOptimizer;
    private @Nullable Map<String, ? extends Map<String, ?>> resumed;

    FitOptions() {}

    /** The learning rate of all parameter groups, 0 or more; by default the learner's. With a {@link #schedule(FitSchedule) schedule} it is the maximum. */
    public FitOptions lr(double lr) {
        Hyper.LR.check(lr);
        lrs = groups -> Collections.nCopies(groups, lr);
        lrText = "lr=" + lr + ", ";
        return this;
    }

    /** The learning rates of the parameter groups, one for each, 0 or more. */
    public FitOptions lr(List<Double> lrs) {
        List<Double> each = Argument.all("lrs", lrs);
        each.forEach(Hyper.LR::check);
        this.lrs = groups -> each;
        lrText = "lr=" + each + ", ";
        return this;
    }

    /**
     * The learning rates of the parameter groups as a geometric sequence from the first to the last, both above 0, as fastai's {@code
     * slice(first, last)}.
     */
    public FitOptions lr(double first, double last) {
        Range.POSITIVE.check("The learning rate of the first group", first);
        Range.POSITIVE.check("The learning rate of the last group", last);
        lrs = groups -> Optimizer.geometric(first, last, groups);
        lrText = "lr from " + first + " to " + last + ", ";
        return this;
    }

    /** The learning rate of the last parameter group; the others get a tenth of it, as with fastai's {@code slice(last)}. */
    public FitOptions lrOfLast(double last) {
        Hyper.LR.check(last);
        lrs = groups -> {
            List<Double> each = new ArrayList<>(Collections.nCopies(groups, last / 10));
            each.set(groups - 1, last);
            return each;
        };
        lrText = "lr of last=" + last + ", ";
        return this;
    }

    /** The weight decay of all parameter groups, 0 or more; by default it does not change. */
    public FitOptions wd(double wd) {
        this.wd = OptionalDouble.of(Hyper.WD.check(wd));
        return this;
    }

    /**
     * The schedule of learning rate and momentum; by default they stay constant. It is registered before the callbacks of this fit, under
     * the name {@code schedule}.
     */
    public FitOptions schedule(FitSchedule schedule) {
        this.schedule = Argument.given("schedule", schedule);
        return this;
    }

    /** The schedule of this fit, by its number of steps, as {@link #schedule(FitSchedule)}. */
    public FitOptions schedule(StepSchedule schedule) {
        this.schedule = Argument.given("schedule", schedule);
        return this;
    }

    /**
     * The first epoch to train, by default 0. The epochs before it are cancelled when they begin, so schedules and the order of the data
     * continue as if those epochs had run.
     *
     * @param startEpoch 0 or more
     */
    public FitOptions startEpoch(int startEpoch) {
        this.startEpoch = Range.NOT_NEGATIVE.check("The epoch at which a fit starts", startEpoch);
        return this;
    }

    /**
     * Restores callbacks from the states that {@link Learner#callbackStates} returned, perhaps in another process:
     *
     * <pre>{@code
     * learner.load(file);
     * learner.fitOneCycle(10, fit -> fit.startEpoch(4).resume(states)); // saved at the end of epoch 3 of such a fit
     * }</pre>
     *
     * <p>Callbacks reset themselves in before_fit. Their states are restored once, after all handlers of that event, including the states
     * of callbacks that are registered for this fit only, such as a schedule. If before_fit is cancelled, no state is restored.
     *
     * @param states one state for each callback of the fit that has state, and no other: numbers, booleans, strings, tensors, lists and maps
     *     of these, and nulls, by the names of registrations and of fields. The fit copies the tensors; the caller owns them.
     */
    public FitOptions resume(Map<String, ? extends Map<String, ?>> states) {
        resumed = Argument.given("states", states);
        return this;
    }

    /** Makes a new optimizer for this fit; by default the optimizer and its state are kept. */
    public FitOptions resetOptimizer() {
        resetOptimizer = true;
        return this;
    }

    @Override
    FitOptions self() {
        return this;
    }

    List<Double> lrs(double usual, int groups) {
        return lrs == null ? Collections.nCopies(groups, usual) : lrs.apply(groups);
    }

    OptionalDouble wd() {
        return wd;
    }

    @Nullable
    StepSchedule schedule() {
        return schedule;
    }

    int startEpoch() {
        return startEpoch;
    }

    @Nullable
    Map<String, ? extends Map<String, ?>> resumed() {
        return resumed;
    }

    boolean resetsOptimizer() {
        return resetOptimizer;
    }

    /** The options that were set, and the names of the callbacks. */
    @Override
    public String toString() {
        return "FitOptions[" + lrText + (wd.isEmpty() ? "" : "wd=" + wd.getAsDouble() + ", ")
                + (schedule == null ? "" : "schedule=" + ObjectText.of(schedule) + ", ")
                + (startEpoch == 0 ? "" : "startEpoch=" + startEpoch + ", ")
                + (resumed == null ? "" : "resume=" + resumed.keySet() + ", ")
                + (resetOptimizer ? "resetOptimizer, " : "") + registered() + "]";
    }
}
