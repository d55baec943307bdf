package dev.rondo.optim;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that have taken the same number of steps, so that one call steps them all, with their state: usually all parameters of a
 * part. Those whose first gradient comes later are a cohort of their own.
 */
final class StepGroup implements AutoCloseable {
    private final Bucket part;
    private final List<ParameterSlot> members;
    private final Map<String, Tensor[]> states = new LinkedHashMap<>();
    private final IValue parameters;
    private final Map<String, IValue> lists = new LinkedHashMap<>();
    private final Map<Hyper, Argument> arguments = new EnumMap<>(Hyper.class);
    private @Nullable Counter counter;
    private long step;

    /**
     * @param steps the steps that the members have taken
     * @param saved the states that they had then, by full name; what is missing is as before the first step
     */
    StepGroup(Bucket part, List<ParameterSlot> members, long steps, Map<String, Tensor> saved) {
        this.part = part;
        this.members = List.copyOf(members);
        step = steps;
        parameters = Handles.own(Operator.list(each(ParameterSlot::tensor)));
        for (UpdateRule.State state : part.method().states()) {
            Tensor[] tensors = each(m -> {
                Tensor tensor = Handles.own(state.first().apply(m.tensor()));
                Tensor value = saved.get(m.name(state.name()));
                if (value != null) tensor.copy_(value);
                return tensor;
            });
            states.put(state.name(), tensors);
            lists.put(state.name(), Handles.own(Operator.list(tensors)));
        }
    }

    private Tensor[] each(Function<ParameterSlot, Tensor> tensor) {
        return members.stream().map(tensor).toArray(Tensor[]::new);
    }

    void step() {
        step++;
        part.method().step(this, Operator.list(each(ParameterSlot::gradient)));
    }

    // ---- for the method

    /** The list of parameters. */
    IValue parameters() {
        return parameters;
    }

    /** The list of the parameters' states of this name. */
    IValue state(String name) {
        return Objects.requireNonNull(lists.get(name), name);
    }

    /** The number of the running step, from 1. */
    long number() {
        return step;
    }

    /** The number of the running step as fused operators take it: for each parameter a float32 scalar on its device. */
    IValue counters() {
        if (counter == null) counter = newCounter();
        counter.value.fill_(new Scalar((double) step));
        return counter.list;
    }

    private Counter newCounter() {
        TensorOptions options = new TensorOptions(ScalarType.Float)
                .device(new DeviceOptional(members.get(0).tensor().device()));
        Tensor value = Handles.own(torch.zeros(new long[0], options));
        Tensor[] repeated = Collections.nCopies(members.size(), value).toArray(Tensor[]::new);
        return new Counter(value, Handles.own(Operator.list(repeated)));
    }

    /** The number of the step on the device, and the list that repeats it for each parameter. */
    private record Counter(Tensor value, IValue list) {}

    double hyper(Hyper hyper) {
        return part.group().get(hyper);
    }

    /** A number as operators take it, made anew when it is another than last time for this hyper-parameter. */
    IValue argument(Hyper hyper, double value) {
        Argument last = arguments.get(hyper);
        if (last != null && last.number == value) return last.value;
        if (last != null) last.value.close();
        IValue made = Handles.own(new IValue(value));
        arguments.put(hyper, new Argument(value, made));
        return made;
    }

    private record Argument(double number, IValue value) {}

    /** What an average that began with 0 has to be divided by, after the running step: 1 − βⁿ. */
    double debias(Hyper beta) {
        return 1 - Math.pow(hyper(beta), step);
    }

    /** The weight decay of these parameters; 0 for biases and norms, unless they decay too. */
    double decay() {
        return part.decays() ? hyper(Hyper.WD) : 0;
    }

    /** Whether decay is added to gradients. */
    boolean coupled() {
        return part.coupled();
    }

    /** Decays the parameters, or, where decay is coupled, returns the gradients with it; otherwise the gradients as they are. */
    IValue decayed(IValue gradients) {
        double wd = decay();
        if (wd == 0) return gradients;
        if (coupled()) return Foreach.add(gradients, parameters, wd);
        Foreach.mul_(parameters, 1 - hyper(Hyper.LR) * wd);
        return gradients;
    }

    // ---- for the optimizer

    /** Names the states, sharing their memory. */
    void list(Map<String, Tensor> all) {
        for (int i = 0; i < members.size(); i++) {
            ParameterSlot m = members.get(i);
            all.put(
                    m.name(UpdateRule.STEP),
                    torch.full(new long[0], new Scalar(step), new TensorOptions(ScalarType.Long)));
            for (var state : states.entrySet()) all.put(m.name(state.getKey()), new Tensor(state.getValue()[i]));
        }
    }

    @Override
    public void close() {
        states.values().forEach(tensors -> Arrays.stream(tensors).forEach(Tensor::close));
        lists.values().forEach(IValue::close);
        parameters.close();
        arguments.values().forEach(a -> a.value.close());
        if (counter == null) return;
        counter.list.close();
        counter.value.close();
    }
}
