package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters that share hyper-parameters. The names are fastai's: {@code lr}, {@code mom} (momentum, β₁), {@code sqr_mom} (β₂),
 * {@code eps}, {@code wd} (weight decay). A value set here holds from the next step on.
 */
public final class ParameterGroup {
    private final List<Parameter> parameters;
    private final Map<String, Double> hypers;

    ParameterGroup(List<Parameter> parameters, Map<String, Double> hypers) {
        this.parameters = List.copyOf(parameters);
        this.hypers = new LinkedHashMap<>(hypers);
    }

    /** The parameters of the group. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The names of the hyper-parameters, in the sequence in which the optimizer lists them. */
    public Set<String> names() {
        return Collections.unmodifiableSet(hypers.keySet());
    }

    /**
     * The value of a hyper-parameter.
     *
     * @throws IllegalArgumentException if the optimizer has none of that name
     */
    public double get(String name) {
        Double value = hypers.get(name);
        if (value == null) throw unknown(hypers, name);
        return value;
    }

    /**
     * Sets a hyper-parameter of this group.
     *
     * @throws IllegalArgumentException if the optimizer has none of that name, or the value is not finite
     */
    public void set(String name, double value) {
        put(hypers, name, value);
    }

    /** Puts another value in the place of one that is there. */
    static void put(Map<String, Double> hypers, String name, double value) {
        if (!hypers.containsKey(name)) throw unknown(hypers, name);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "The hyper-parameter '" + name + "' is a finite number, not " + value + ".");
        }
        hypers.put(name, value);
    }

    private static IllegalArgumentException unknown(Map<String, Double> hypers, String name) {
        return new IllegalArgumentException("This optimizer has no hyper-parameter '" + name + "'; it has "
                + String.join(", ", hypers.keySet()) + ".");
    }
}
