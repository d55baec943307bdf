package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parameters with the same hyper-parameters. A value that is set applies from the next step on. */
public final class ParameterGroup {
    private final List<Parameter> parameters;
    private final Map<Hyper, Double> hypers;
    private final UpdateRule rule;

    ParameterGroup(List<Parameter> parameters, Map<Hyper, Double> hypers, UpdateRule rule) {
        this.parameters = List.copyOf(parameters);
        this.hypers = new EnumMap<>(hypers);
        this.rule = rule;
    }

    /** The parameters of the group. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The hyper-parameters that the optimizer has, in the order of {@link Hyper}. */
    public Set<Hyper> hypers() {
        return Collections.unmodifiableSet(hypers.keySet());
    }

    /**
     * The value of a hyper-parameter.
     *
     * @throws IllegalArgumentException if the optimizer does not have it
     */
    public double get(Hyper hyper) {
        known(hypers, hyper);
        return Objects.requireNonNull(hypers.get(hyper));
    }

    /**
     * Sets a hyper-parameter of this group.
     *
     * @throws IllegalArgumentException if the optimizer does not have it, or the value is out of its range
     */
    public void set(Hyper hyper, double value) {
        check(hyper, value);
        hypers.put(hyper, value);
    }

    /** Checks that a hyper-parameter can be set to a value. */
    void check(Hyper hyper, double value) {
        known(hypers, hyper);
        rule.check(hyper, value);
    }

    /** Checks that a hyper-parameter is present. */
    static void known(Map<Hyper, Double> hypers, Hyper hyper) {
        if (hypers.containsKey(hyper)) return;
        throw new IllegalArgumentException("This optimizer has no hyper-parameter '" + hyper + "'; it has "
                + hypers.keySet().stream().map(Hyper::key).collect(Collectors.joining(", ")) + ".");
    }

    /** {@code 4 parameters (50890 elements) with lr 0.001, mom 0.9, …}. */
    @Override
    public String toString() {
        return parameters.size() + (parameters.size() == 1 ? " parameter (" : " parameters (")
                + parameters.stream().mapToLong(Parameter::elements).sum() + " elements"
                + (frozen() ? ", frozen" : "") + ") with " + words(hypers.entrySet().stream());
    }

    private boolean frozen() {
        return !parameters.isEmpty()
                && parameters.stream().map(Parameter::tensor).noneMatch(t -> t.isNull() || t.requires_grad());
    }

    static String words(Stream<Map.Entry<Hyper, Double>> hypers) {
        return hypers.map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "));
    }
}
