package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters with the same hyper-parameters. A value that is set applies from the next step on. */
public final class ParameterGroup {
    private final List<Parameter> parameters;
    private final Map<Hyper, Double> hypers;

    ParameterGroup(List<Parameter> parameters, Map<Hyper, Double> hypers) {
        this.parameters = List.copyOf(parameters);
        this.hypers = new EnumMap<>(hypers);
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
        Double value = hypers.get(hyper);
        if (value == null) throw unknown(hypers, hyper);
        return value;
    }

    /**
     * Sets a hyper-parameter of this group.
     *
     * @throws IllegalArgumentException if the optimizer does not have it, or the value is not finite
     */
    public void set(Hyper hyper, double value) {
        put(hypers, hyper, value);
    }

    /** Replaces the value of a hyper-parameter that is present. */
    static void put(Map<Hyper, Double> hypers, Hyper hyper, double value) {
        if (!hypers.containsKey(hyper)) throw unknown(hypers, hyper);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "The hyper-parameter '" + hyper + "' is a finite number, not " + value + ".");
        }
        hypers.put(hyper, value);
    }

    private static IllegalArgumentException unknown(Map<Hyper, Double> hypers, Hyper hyper) {
        return new IllegalArgumentException("This optimizer has no hyper-parameter '" + hyper + "'; it has "
                + hypers.keySet().stream().map(Hyper::key).collect(Collectors.joining(", ")) + ".");
    }
}
