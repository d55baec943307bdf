package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters of a group that one operator call can step: they have the same type and device, and all of them have weight decay or none
 * has. Keeps track of which of them have had a gradient.
 */
final class Bucket implements AutoCloseable {
    private final ParameterGroup group;
    private final UpdateRule rule;
    private final boolean decays;
    private final boolean coupled;
    private final List<ParameterSlot> slots;
    /** Those that have not had a gradient yet. */
    private final List<ParameterSlot> withoutGradient;

    private final List<StepGroup> stepGroups = new ArrayList<>();

    Bucket(ParameterGroup group, UpdateRule rule, boolean decays, boolean coupled, List<Parameter> parameters) {
        this.group = group;
        this.rule = rule;
        this.decays = decays;
        this.coupled = coupled;
        slots = parameters.stream().map(ParameterSlot::new).toList();
        withoutGradient = new ArrayList<>(slots);
    }

    ParameterGroup group() {
        return group;
    }

    UpdateRule rule() {
        return rule;
    }

    boolean decays() {
        return decays;
    }

    boolean coupled() {
        return coupled;
    }

    void step() {
        addNew();
        for (StepGroup group : stepGroups) group.step();
    }

    /** Adds the parameters that now have their first gradient to a new step group. */
    private void addNew() {
        if (withoutGradient.isEmpty()) return;
        List<ParameterSlot> added =
                withoutGradient.stream().filter(ParameterSlot::hasHadGradient).toList();
        if (added.isEmpty()) return;
        withoutGradient.removeIf(ParameterSlot::hasHadGradient);
        stepGroups.add(new StepGroup(this, added, 0, Map.of()));
    }

    void zeroGrad() {
        slots.forEach(ParameterSlot::dropGradient);
    }

    void restoreZeros() {
        slots.forEach(ParameterSlot::restoreZeros);
    }

    void putState(Map<String, Tensor> state) {
        addNew();
        for (StepGroup group : stepGroups) group.putState(state);
    }

    /** Loads a state that {@link SavedState} has checked. Called on a new bucket only. */
    void load(Map<String, Tensor> saved) {
        Map<Long, List<ParameterSlot>> bySteps = new TreeMap<>();
        for (ParameterSlot slot : slots) {
            Tensor steps = saved.get(slot.name(UpdateRule.STEP));
            if (steps != null) {
                bySteps.computeIfAbsent(steps.item_long(), s -> new ArrayList<>())
                        .add(slot);
            }
        }
        bySteps.forEach((steps, same) -> {
            same.forEach(ParameterSlot::markGradient);
            withoutGradient.removeIf(ParameterSlot::hasHadGradient);
            stepGroups.add(new StepGroup(this, same, steps, saved));
        });
    }

    @Override
    public void close() {
        stepGroups.forEach(StepGroup::close);
        slots.forEach(ParameterSlot::close);
    }
}
