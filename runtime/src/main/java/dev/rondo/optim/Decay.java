package dev.rondo.optim;

import dev.rondo.nn.Parameter;

/**
 * The kind of weight decay.
 *
 * @param coupled whether decay is added to the gradient, as L2 regularization, instead of being subtracted from the parameter
 * @param all whether biases and norms have weight decay too
 */
record Decay(boolean coupled, boolean all) {
    /** Decoupled decay of weights only. */
    static final Decay DEFAULT = new Decay(false, false);

    boolean reaches(Parameter p) {
        return all || p.role() == Parameter.Role.WEIGHT;
    }
}
