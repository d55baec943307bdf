package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the learning rates, or other hyper-parameters, of all parameter groups at each training batch. Those of the last group are in
 * {@link Recorder#lrs} too. The values are those of the last fit. Costs a few numbers per batch; never waits for the device.
 */
@Callback(order = 51, runs = Phase.TRAIN, kinds = RunKind.FIT)
public final class LearningRateMonitor {
    private final List<Hyper> hypers;

    /** The values in the order batch, group, hyper-parameter. */
    @Checkpointed
    final List<Double> values = new ArrayList<>();

    @Checkpointed
    int groups;

    /** Records learning rates. */
    public LearningRateMonitor() {
        this(Hyper.LR);
    }

    /** @param hypers the hyper-parameters to record */
    public LearningRateMonitor(Hyper... hypers) {
        this.hypers = Argument.all("hypers", hypers);
        if (hypers.length == 0)
            throw new IllegalArgumentException("LearningRateMonitor needs a hyper-parameter to record: lr, mom, …");
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        groups = learner.optimizer().groups().size();
        for (Hyper hyper : hypers) learner.optimizer().check(hyper, groups);
        values.clear();
    }

    @On(Event.AFTER_BATCH)
    void write(Optimizer optimizer) {
        for (ParameterGroup group : optimizer.groups()) {
            for (Hyper hyper : hypers) values.add(group.get(hyper));
        }
    }

    /** The learning rate of a parameter group, counted from 0, at each training batch of the last fit. */
    public double[] lrs(int group) {
        return values(Hyper.LR, group);
    }

    /** A hyper-parameter of a parameter group, counted from 0, at each training batch of the last fit. */
    public double[] values(Hyper hyper, int group) {
        int of = hypers.indexOf(hyper);
        if (of < 0) {
            throw new IllegalArgumentException("'" + hyper + "' is not recorded here; " + hypers + " is.");
        }
        if (group < 0 || group >= groups) {
            throw new IllegalArgumentException("There is no parameter group " + group + ": there are " + groups + ".");
        }
        int row = groups * hypers.size();
        double[] column = new double[values.size() / row];
        for (int i = 0; i < column.length; i++) column[i] = values.get(i * row + group * hypers.size() + of);
        return column;
    }

    @Override
    public String toString() {
        return "LearningRateMonitor[hypers=" + hypers + "]";
    }
}
