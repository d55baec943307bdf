package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters of one group that one call can step: of one type, on one device, and alike in whether they decay. Keeps track of which of
 * them have had a gradient.
 */
final class Bucket implements AutoCloseable {
    private final ParameterGroup group;
    private final UpdateRule method;
    private final boolean decays;
    private final boolean coupled;
    private final List<ParameterSlot> members;
    /** Those that never had a gradient. */
    private final List<ParameterSlot> waiting;

    private final List<StepGroup> cohorts = new ArrayList<>();

    Bucket(ParameterGroup group, UpdateRule method, boolean decays, boolean coupled, List<Parameter> parameters) {
        this.group = group;
        this.method = method;
        this.decays = decays;
        this.coupled = coupled;
        members = parameters.stream().map(ParameterSlot::new).toList();
        waiting = new ArrayList<>(members);
    }

    ParameterGroup group() {
        return group;
    }

    UpdateRule method() {
        return method;
    }

    boolean decays() {
        return decays;
    }

    boolean coupled() {
        return coupled;
    }

    void step() {
        admit();
        for (StepGroup c : cohorts) c.step();
    }

    /** Those that have got their first gradient take part from now on. */
    private void admit() {
        if (waiting.isEmpty()) return;
        List<ParameterSlot> joining =
                waiting.stream().filter(ParameterSlot::takesPart).toList();
        if (joining.isEmpty()) return;
        waiting.removeIf(ParameterSlot::takesPart);
        cohorts.add(new StepGroup(this, joining, 0, Map.of()));
    }

    void zeroGrad() {
        members.forEach(ParameterSlot::dropGradient);
    }

    void leaveZeros() {
        members.forEach(ParameterSlot::leaveZeros);
    }

    void list(Map<String, Tensor> state) {
        admit();
        for (StepGroup c : cohorts) c.list(state);
    }

    /** Takes over a state that {@link SavedState} has found to fit; of a new part. */
    void load(Map<String, Tensor> saved) {
        Map<Long, List<ParameterSlot>> bySteps = new TreeMap<>();
        for (ParameterSlot m : members) {
            Tensor steps = saved.get(m.name(UpdateRule.STEP));
            if (steps != null) {
                bySteps.computeIfAbsent(steps.item_long(), s -> new ArrayList<>())
                        .add(m);
            }
        }
        bySteps.forEach((steps, same) -> {
            same.forEach(ParameterSlot::takePart);
            waiting.removeIf(ParameterSlot::takesPart);
            cohorts.add(new StepGroup(this, same, steps, saved));
        });
    }

    @Override
    public void close() {
        cohorts.forEach(StepGroup::close);
        members.forEach(ParameterSlot::close);
    }
}
