package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer to be made once the model is there, with the values that its hyper-parameters start with. Immutable: each method returns
 * another recipe, so {@code Optimizers.adam().wd(0).eps(1e-8)} reads as it is meant. The names are fastai's.
 */
public final class Recipe implements Optimizer.Factory {
    /** Makes the optimizer from the hyper-parameters, of which {@code lr} is the first. */
    interface Maker {
        Optimizer make(List<List<Parameter>> groups, Map<String, Double> hypers);
    }

    private final Maker maker;
    private final Map<String, Double> hypers;

    Recipe(Maker maker, Map<String, Double> hypers) {
        this.maker = maker;
        this.hypers = hypers;
    }

    /**
     * Another start value for a hyper-parameter.
     *
     * @throws IllegalArgumentException if the optimizer has none of that name, or the value is not finite
     */
    public Recipe with(String name, double value) {
        Map<String, Double> changed = new LinkedHashMap<>(hypers);
        ParameterGroup.put(changed, name, value);
        return new Recipe(maker, changed);
    }

    /** {@code mom}: momentum, or the decay of the average of gradients (β₁). */
    public Recipe mom(double mom) {
        return with("mom", mom);
    }

    /** {@code sqr_mom}: the decay of the average of squared gradients (β₂, α). */
    public Recipe sqrMom(double sqrMom) {
        return with("sqr_mom", sqrMom);
    }

    /** {@code eps}: what is added to a divisor that may be 0. */
    public Recipe eps(double eps) {
        return with("eps", eps);
    }

    /** {@code wd}: weight decay. */
    public Recipe wd(double wd) {
        return with("wd", wd);
    }

    @Override
    public Optimizer create(List<List<Parameter>> groups, double lr) {
        return maker.make(groups, with("lr", lr).hypers);
    }
}
