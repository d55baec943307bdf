package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/**
 * Moves parameters along their gradients. A gradient is dropped when it has been used, which is cheaper than zeroing it: where there was
 * one before, none counts as zero, so that momentum and decay go on as they do with zeroed gradients. A parameter that never had a
 * gradient is left alone. Weight decay is decoupled from the gradient, and biases and norms are never decayed.
 *
 * <p>To be used on the thread that runs the backward pass.
 */
public abstract class Optimizer implements AutoCloseable {
    /** How to make an optimizer, once the model is there. */
    @FunctionalInterface
    public interface Factory {
        /**
         * @param groups the model's parameters
         * @param lr the learning rate to start with
         */
        Optimizer create(List<List<Parameter>> groups, double lr);
    }

    private final List<ParameterGroup> groups;
    private List<Stepper> steppers;

    /**
     * @param groups the parameters of each group
     * @param hypers the hyper-parameters that each group starts with
     */
    Optimizer(List<List<Parameter>> groups, Map<String, Double> hypers) {
        Torch.start();
        this.groups = groups.stream().map(g -> new ParameterGroup(g, hypers)).toList();
    }

    /** The groups, in the sequence of the model's. */
    public final List<ParameterGroup> groups() {
        return groups;
    }

    /** Sets a hyper-parameter of all groups. */
    public final void set(String name, double value) {
        for (ParameterGroup g : groups) g.set(name, value);
    }

    /** Sets a hyper-parameter, one value for each group. */
    public final void set(String name, List<Double> values) {
        check(name, values.size());
        for (int i = 0; i < values.size(); i++) groups.get(i).set(name, values.get(i));
    }

    /**
     * Checks whether so many values can be set.
     *
     * @throws IllegalArgumentException if there is another number of groups, or no hyper-parameter of that name
     */
    public final void check(String name, int values) {
        checkCount(name, values, groups.size());
        for (ParameterGroup g : groups) g.get(name);
    }

    /** The same, where there is no optimizer yet. */
    public static void checkCount(String name, int values, int groups) {
        if (values == groups) return;
        throw new IllegalArgumentException(
                "Trying to set " + values + " values for " + name + " but there are " + groups + " parameter groups.");
    }

    /** Values in equal ratios, from the first group to the last; of one group, the last. */
    public static List<Double> geometric(double first, double last, int groups) {
        return IntStream.range(0, groups)
                .mapToObj(i -> groups == 1 ? last : first * Math.pow(last / first, (double) i / (groups - 1)))
                .toList();
    }

    /** One step for every parameter that has, or had, a gradient. Does not wait for the device. */
    public final void step() {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            for (Stepper s : steppers()) s.step();
        }
    }

    /** Drops all gradients; for the next step they count as zero. */
    public final void zeroGrad() {
        for (Stepper s : steppers()) s.zeroGrad();
    }

    /** Made late: by now the model is on its device. Weight decay splits each group in two. */
    private List<Stepper> steppers() {
        if (steppers != null) return steppers;
        List<Stepper> made = new ArrayList<>();
        try (PointerScope temporary = new PointerScope()) {
            for (ParameterGroup group : groups) {
                for (boolean decays : new boolean[] {true, false}) {
                    List<Parameter> part = group.parameters().stream()
                            .filter(p -> (p.role() == Parameter.Role.WEIGHT) == decays)
                            .toList();
                    if (!part.isEmpty()) made.add(new Stepper(group, part, kernel(group, part, decays)));
                }
            }
        }
        return steppers = made;
    }

    /** The kernel for a part of a group, with new state for its parameters. Called once for each part. */
    abstract Kernel kernel(ParameterGroup group, List<Parameter> part, boolean decays);

    /**
     * Forgets the state of all parameters: the next step is like a first one. Gradients that were dropped are there again, as zeros, so
     * that the parameters still count as having had one, for another optimizer too.
     */
    public final void clearState() {
        if (steppers == null) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            steppers.forEach(Stepper::leaveZeros);
        }
        close();
    }

    /** Frees the state. The parameters are the model's. */
    @Override
    public void close() {
        if (steppers != null) steppers.forEach(Stepper::close);
        steppers = null;
    }
}
