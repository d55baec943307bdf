package dev.rondo;

import dev.rondo.optim.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** How a fit differs from the plain one: {@code learner.fit(5, fit -> fit.lr(3e-3).callbacks(new ShortEpoch(0.1)))}. */
public final class FitOptions {
    private IntFunction<List<Double>> lr;
    private OptionalDouble wd = OptionalDouble.empty();
    private int startEpoch;
    private boolean resetOptimizer;
    private final List<CallbackSpec> callbacks = new ArrayList<>();

    FitOptions() {}

    /** The learning rate of all parameter groups; by default the learner's. */
    public FitOptions lr(double lr) {
        this.lr = groups -> Collections.nCopies(groups, lr);
        return this;
    }

    /** The learning rates of the parameter groups, one for each. */
    public FitOptions lr(List<Double> lr) {
        this.lr = groups -> lr;
        return this;
    }

    /** Learning rates that grow in equal ratios from the first parameter group to the last, as fastai's {@code slice(first, last)}. */
    public FitOptions lr(double first, double last) {
        lr = groups -> Optimizer.geometric(first, last, groups);
        return this;
    }

    /** This learning rate for the last parameter group, and a tenth of it for the others, as fastai's {@code slice(last)}. */
    public FitOptions lrOfLast(double last) {
        lr = groups -> {
            List<Double> rates = new ArrayList<>(Collections.nCopies(groups, last / 10));
            rates.set(groups - 1, last);
            return rates;
        };
        return this;
    }

    /** The weight decay of all parameter groups; by default what it was. */
    public FitOptions wd(double wd) {
        this.wd = OptionalDouble.of(wd);
        return this;
    }

    /**
     * The first epoch to train, by default 0: those before it are cancelled as they begin, so that schedules and the order of the data go
     * on where they would have been. {@link Learner#loadCallbacks} says how callbacks do.
     */
    public FitOptions startEpoch(int startEpoch) {
        if (startEpoch < 0) throw new IllegalArgumentException("A fit cannot start at epoch " + startEpoch + ".");
        this.startEpoch = startEpoch;
        return this;
    }

    /** Makes a new optimizer for this fit; by default its state goes on. */
    public FitOptions resetOptimizer() {
        resetOptimizer = true;
        return this;
    }

    /** Callbacks for this fit only, removed again however it ends. One that the learner has already is left as it is, and stays. */
    public FitOptions callbacks(Object... callbacks) {
        for (Object c : callbacks) this.callbacks.add(CallbackSpec.of(c));
        return this;
    }

    /** A callback for this fit only, with a name for its registration. */
    public FitOptions callback(String name, Object callback) {
        return callback(name, callback, handle -> {});
    }

    /** A callback for this fit only, with a name for its registration, and with switches or an order of its own. */
    public FitOptions callback(String name, Object callback, Consumer<CallbackHandle> setUp) {
        callbacks.add(new CallbackSpec(name, callback, setUp));
        return this;
    }

    /** Puts a schedule in front of the other callbacks; the fit itself begins with the usual learning rate. */
    void scheduled(String name, Object schedule) {
        callbacks.add(0, new CallbackSpec(name, schedule, handle -> {}));
        lr = null;
    }

    List<Double> lr(double usual, int groups) {
        return lr == null ? Collections.nCopies(groups, usual) : lr.apply(groups);
    }

    OptionalDouble wd() {
        return wd;
    }

    int startEpoch() {
        return startEpoch;
    }

    boolean resets() {
        return resetOptimizer;
    }

    List<CallbackSpec> callbacks() {
        return callbacks;
    }
}
