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
final class Part implements AutoCloseable {
    private final ParameterGroup group;
    private final Method method;
    private final boolean decays;
    private final boolean coupled;
    private final List<Member> members;
    /** Those that never had a gradient. */
    private final List<Member> waiting;

    private final List<Cohort> cohorts = new ArrayList<>();

    Part(ParameterGroup group, Method method, boolean decays, boolean coupled, List<Parameter> parameters) {
        this.group = group;
        this.method = method;
        this.decays = decays;
        this.coupled = coupled;
        members = parameters.stream().map(Member::new).toList();
        waiting = new ArrayList<>(members);
    }

    ParameterGroup group() {
        return group;
    }

    Method method() {
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
        for (Cohort c : cohorts) c.step();
    }

    /** Those that have got their first gradient take part from now on. */
    private void admit() {
        if (waiting.isEmpty()) return;
        List<Member> joining = waiting.stream().filter(Member::takesPart).toList();
        if (joining.isEmpty()) return;
        waiting.removeIf(Member::takesPart);
        cohorts.add(new Cohort(this, joining, 0, Map.of()));
    }

    void zeroGrad() {
        members.forEach(Member::dropGradient);
    }

    void leaveZeros() {
        members.forEach(Member::leaveZeros);
    }

    void list(Map<String, Tensor> state) {
        admit();
        for (Cohort c : cohorts) c.list(state);
    }

    /** Takes over a state that {@link SavedState} has found to fit; of a new part. */
    void load(Map<String, Tensor> saved) {
        Map<Long, List<Member>> bySteps = new TreeMap<>();
        for (Member m : members) {
            Tensor steps = saved.get(m.name(Method.STEP));
            if (steps != null) {
                bySteps.computeIfAbsent(steps.item_long(), s -> new ArrayList<>())
                        .add(m);
            }
        }
        bySteps.forEach((steps, same) -> {
            same.forEach(Member::takePart);
            waiting.removeIf(Member::takesPart);
            cohorts.add(new Cohort(this, same, steps, saved));
        });
    }

    @Override
    public void close() {
        cohorts.forEach(Cohort::close);
        members.forEach(Member::close);
    }
}
