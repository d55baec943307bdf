package dev.rondo.optim;

import dev.rondo.nn.Parameter;

/**
 * How weight decay is meant.
 *
 * @param coupled whether it is added to the gradient, as L2 regularisation, instead of being taken from the parameter
 * @param all whether biases and norms decay too
 */
record Decay(boolean coupled, boolean all) {
    boolean reaches(Parameter p) {
        return all || p.role() == Parameter.Role.WEIGHT;
    }
}
