package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.ParameterGroup;
import dev.rondo.schedule.Schedule;
import dev.rondo.spi.CallbackState;
import dev.rondo.spi.StateReader;
import dev.rondo.spi.StateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets hyper-parameters of the optimizer before each training batch, by the completed fraction of the training. The fraction of the last batch
 * is below 1, so a schedule never reaches its end. When the fit has ended, {@link Recorder#hypers} has the values.
 *
 * <pre>{@code
 * learner.fit(5, fit -> fit.callbacks(new ParamScheduler(Hyper.LR, Schedules.cosine(3e-3, 0))));
 * }</pre>
 *
 * <p>Costs a few numbers per batch and never waits for the device.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html#paramscheduler">fastai, ParamScheduler</a>
 */
@Callback(
        order = 60,
        runs = Phase.TRAIN,
        kinds = {RunKind.FIT, RunKind.LR_FIND})
public final class ParamScheduler implements CallbackState {
    private final Map<Hyper, List<Schedule>> schedules = new LinkedHashMap<>();
    private final Map<Hyper, List<Double>> history = new LinkedHashMap<>();

    /**
     * @param hyper the hyper-parameter
     * @param schedule its values: one schedule for all parameter groups, or one for each
     */
    public ParamScheduler(Hyper hyper, Schedule... schedule) {
        this(Map.of(), hyper, schedule);
    }

    private ParamScheduler(Map<Hyper, List<Schedule>> before, Hyper hyper, Schedule... schedule) {
        Argument.given("hyper", hyper);
        List<Schedule> perGroup = Argument.all("schedule", schedule);
        if (perGroup.isEmpty()) throw new IllegalArgumentException("There is no schedule for '" + hyper + "'.");
        schedules.putAll(before);
        if (schedules.put(hyper, perGroup) != null) {
            throw new IllegalArgumentException(
                    "There is a schedule for '" + hyper + "' already; combine(…) joins two.");
        }
        for (Hyper each : schedules.keySet()) history.put(each, new ArrayList<>());
    }

    /** Also schedules another hyper-parameter. */
    public ParamScheduler and(Hyper hyper, Schedule... schedule) {
        return new ParamScheduler(schedules, hyper, schedule);
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        schedules.forEach((hyper, perGroup) -> check(learner.optimizer(), hyper, perGroup));
        history.values().forEach(List::clear);
    }

    @On(Event.BEFORE_BATCH)
    void set(Optimizer optimizer, double pctTrain) {
        schedules.forEach((hyper, perGroup) -> apply(optimizer, hyper, perGroup, pctTrain));
    }

    /** Checks that the optimizer has the hyper-parameter, and that there is one schedule for all parameter groups or one for each. */
    static void check(Optimizer optimizer, Hyper hyper, List<Schedule> perGroup) {
        optimizer.check(hyper, perGroup.size() == 1 ? optimizer.groups().size() : perGroup.size());
    }

    /**
     * Sets a hyper-parameter to the values of its schedules: one for all parameter groups, or one for each.
     *
     * @throws IllegalArgumentException if a value is out of the range of the hyper-parameter
     */
    static void apply(Optimizer optimizer, Hyper hyper, List<Schedule> perGroup, double position) {
        try {
            if (perGroup.size() == 1) optimizer.set(hyper, perGroup.get(0).at(position));
            else optimizer.set(hyper, perGroup.stream().map(s -> s.at(position)).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The schedule of '" + hyper + "' fails at position " + position + " of 1: " + e.getMessage(), e);
        }
    }

    @On(Event.AFTER_BATCH)
    void remember(Optimizer optimizer) {
        ParameterGroup last = optimizer.groups().get(optimizer.groups().size() - 1);
        history.forEach((hyper, values) -> values.add(last.get(hyper)));
    }

    @On(Event.AFTER_FIT)
    void publish(Learner learner) {
        learner.callback(Recorder.class)
                .ifPresent(recorder -> history.forEach((hyper, values) -> recorder.publish(
                        hyper, values.stream().mapToDouble(d -> d).toArray())));
    }

    @Override
    public Map<String, @Nullable Object> saveState() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        history.forEach((hyper, values) -> state.put(hyper.key(), values));
        return state;
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        StateReader reader = new StateReader("ParamScheduler", state);
        Map<Hyper, List<Double>> read = new LinkedHashMap<>();
        StateType<List<Double>> values = StateType.collection(ArrayList::new, StateType.DOUBLE.required());
        for (Hyper hyper : schedules.keySet()) read.put(hyper, reader.read(hyper.key(), values.required()));
        reader.end();
        history.putAll(read);
    }

    /** The schedules by hyper-parameter. */
    @Override
    public String toString() {
        return "ParamScheduler" + schedules;
    }
}
