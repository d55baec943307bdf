package dev.rondo.optim;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Parameters that one call of an {@link UpdateRule} updates, with their state. They are of one {@link ParameterGroup}, type and device, all
 * of them have weight decay or none has, and they have taken the same number of steps. Usually these are all weights or all biases of a
 * group; parameters that get their first gradient later are in another step group.
 */
public final class StepGroup {
    private final Bucket bucket;
    private final List<ParameterSlot> slots;
    private final Map<String, Tensor[]> states = new LinkedHashMap<>();
    private final IValue parameters;
    private final Map<String, IValue> lists = new LinkedHashMap<>();
    private final Map<Hyper, Argument> arguments = new EnumMap<>(Hyper.class);
    private @Nullable Counter counter;
    private long step;

    /**
     * @param steps number of steps that the parameters have taken
     * @param saved their states by full name; a missing state is as before the first step
     */
    StepGroup(Bucket bucket, List<ParameterSlot> slots, long steps, Map<String, Tensor> saved) {
        this.bucket = bucket;
        this.slots = List.copyOf(slots);
        step = steps;
        parameters = Handles.own(Operator.list(each(ParameterSlot::tensor)));
        for (UpdateRule.State state : bucket.rule().states()) {
            Tensor[] tensors = each(slot -> {
                Tensor tensor = Handles.own(state.first().apply(slot.tensor()));
                Tensor value = saved.get(slot.name(state.name()));
                if (value != null) tensor.copy_(value);
                return tensor;
            });
            states.put(state.name(), tensors);
            lists.put(state.name(), Handles.own(Operator.list(tensors)));
        }
    }

    private Tensor[] each(Function<ParameterSlot, Tensor> tensor) {
        return slots.stream().map(tensor).toArray(Tensor[]::new);
    }

    void step() {
        step++;
        bucket.rule().step(this, Operator.list(each(ParameterSlot::gradient)));
    }

    // ---- for update rules

    /** The parameters, as a list. */
    public IValue parameters() {
        return parameters;
    }

    /**
     * The states with this name, as a list in the order of the parameters.
     *
     * @throws IllegalArgumentException if the rule has no such state
     */
    public IValue state(String name) {
        IValue list = lists.get(name);
        if (list != null) return list;
        throw new IllegalArgumentException("This rule has no state '" + name + "'; it has " + lists.keySet() + ".");
    }

    /** The number of the current step, from 1. It is the same for all these parameters. */
    public long stepNumber() {
        return step;
    }

    /** The number of the current step as fused operators take it: a float32 scalar on the device for each parameter. */
    IValue counters() {
        if (counter == null) counter = newCounter();
        counter.value.fill_(new Scalar((double) step));
        return counter.list;
    }

    private Counter newCounter() {
        TensorOptions options = new TensorOptions(ScalarType.Float)
                .device(new DeviceOptional(slots.get(0).tensor().device()));
        Tensor value = Handles.own(torch.zeros(new long[0], options));
        Tensor[] repeated = Collections.nCopies(slots.size(), value).toArray(Tensor[]::new);
        return new Counter(value, Handles.own(Operator.list(repeated)));
    }

    /** The number of the current step on the device, and a list that repeats it for each parameter. */
    private record Counter(Tensor value, IValue list) {}

    /**
     * The current value of a hyper-parameter.
     *
     * @throws IllegalArgumentException if the optimizer does not have it
     */
    public double hyper(Hyper hyper) {
        return bucket.group().get(hyper);
    }

    /** A number as an operator argument. It is created again only if it differs from that of the last step. */
    IValue argument(Hyper hyper, double value) {
        Argument last = arguments.get(hyper);
        if (last != null && last.number == value) return last.value;
        if (last != null) last.value.close();
        IValue made = Handles.own(new IValue(value));
        arguments.put(hyper, new Argument(value, made));
        return made;
    }

    private record Argument(double number, IValue value) {}

    /** The bias correction after the current step, 1 − βⁿ: an average that started at 0 is divided by it. */
    public double biasCorrection(Hyper beta) {
        return 1 - Math.pow(hyper(beta), step);
    }

    /** The weight decay of these parameters; 0 if they have none. */
    public double decay() {
        return bucket.decays() ? hyper(Hyper.WD) : 0;
    }

    /** Whether weight decay is added to gradients. */
    public boolean coupled() {
        return bucket.coupled();
    }

    /**
     * Applies weight decay. Returns the gradients plus decay if decay is coupled; otherwise decays the parameters and returns the
     * gradients.
     */
    public IValue applyDecay(IValue gradients) {
        double wd = decay();
        if (wd == 0) return gradients;
        if (coupled()) return Foreach.add(gradients, parameters, wd);
        Foreach.mul_(parameters, 1 - hyper(Hyper.LR) * wd);
        return gradients;
    }

    // ---- for the optimizer

    /** Adds the states to the map by full name. They share memory. */
    void putState(Map<String, Tensor> all) {
        for (int i = 0; i < slots.size(); i++) {
            ParameterSlot slot = slots.get(i);
            all.put(
                    slot.name(UpdateRule.STEP),
                    torch.full(new long[0], new Scalar(step), new TensorOptions(ScalarType.Long)));
            for (var state : states.entrySet()) all.put(slot.name(state.getKey()), new Tensor(state.getValue()[i]));
        }
    }

    void close() {
        states.values().forEach(tensors -> Arrays.stream(tensors).forEach(Tensor::close));
        lists.values().forEach(IValue::close);
        parameters.close();
        arguments.values().forEach(a -> a.value.close());
        if (counter == null) return;
        counter.list.close();
        counter.value.close();
    }

    /** The number of parameters and of steps. */
    @Override
    public String toString() {
        return "StepGroup of " + slots.size() + " parameters after " + step + " steps";
    }
}
