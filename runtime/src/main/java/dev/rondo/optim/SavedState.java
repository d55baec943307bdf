package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Checks that a saved state fits an optimizer, before anything is loaded. */
final class SavedState {
    private final Map<String, Tensor> saved;
    private final Set<String> known = new HashSet<>();

    private SavedState(Map<String, Tensor> saved) {
        this.saved = saved;
    }

    static void check(Map<String, Tensor> saved, List<ParameterGroup> groups, UpdateRule rule) {
        SavedState check = new SavedState(saved);
        for (int i = 0; i < groups.size(); i++) {
            for (Hyper hyper : groups.get(i).hypers()) check.hyper(hyperName(i, hyper), groups.get(i), hyper);
            for (Parameter p : groups.get(i).parameters()) {
                check.parameter(p, rule.forParameter(p).states());
            }
        }
        check.nothingElse();
    }

    /** The name of a hyper-parameter of a group in a saved state. */
    static String hyperName(int group, Hyper hyper) {
        return "group." + group + "." + hyper.key();
    }

    private void hyper(String name, ParameterGroup group, Hyper hyper) {
        Tensor value = value(name);
        if (value.numel() != 1 || !Double.isFinite(value.item_double())) {
            throw new IllegalArgumentException("'" + name + "' of the saved state is not one finite number.");
        }
        try {
            group.check(hyper, value.item_double());
        } catch (IllegalArgumentException outOfRange) {
            throw new IllegalArgumentException("'" + name + "' of the saved state: " + outOfRange.getMessage());
        }
    }

    private void parameter(Parameter p, List<UpdateRule.State> states) {
        String step = p.name() + "." + UpdateRule.STEP;
        if (!saved.containsKey(step)) return; // the parameter had not been updated
        Tensor steps = value(step);
        if (steps.numel() != 1 || steps.item_long() < 0 || steps.item_double() != steps.item_long()) {
            throw new IllegalArgumentException("'" + step + "' of the saved state is not a number of steps.");
        }
        for (UpdateRule.State state : states) {
            String name = p.name() + "." + state.name();
            String is = form(value(name)), wanted = form(state, p);
            if (!is.equals(wanted)) {
                throw new IllegalArgumentException("'" + name + "' of the saved state is " + is + ", but "
                        + (wanted.equals(form(p.tensor())) ? "the parameter is " : "that of the optimizer is ")
                        + wanted + ".");
            }
        }
    }

    /** The form of the initial state. */
    private static String form(UpdateRule.State state, Parameter p) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            return form(state.first().apply(p.tensor()));
        }
    }

    private static String form(Tensor t) {
        return t.scalar_type().intern() + Arrays.toString(t.shape());
    }

    private Tensor value(String name) {
        Tensor value = saved.get(name);
        if (value == null || !value.defined()) {
            throw new IllegalArgumentException(
                    "The saved state has no '" + name + "': it belongs to another optimizer or another model.");
        }
        known.add(name);
        return value;
    }

    private void nothingElse() {
        Set<String> rest = new TreeSet<>(saved.keySet());
        rest.removeAll(known);
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "The saved state has '" + rest.iterator().next()
                            + "', which this optimizer does not have: it belongs to another optimizer or another model.");
        }
    }
}
