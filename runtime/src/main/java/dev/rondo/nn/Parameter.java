package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * A trainable tensor of a model.
 *
 * @param name the name, as PyTorch's {@code named_parameters} gives it: {@code 0.weight}
 * @param tensor the tensor, a leaf that may require gradients; owned by its layer
 * @param role what it is for; weight decay leaves out biases and norms unless told otherwise
 */
public record Parameter(String name, Tensor tensor, Role role) {
    /** What a parameter is for. */
    public enum Role {
        WEIGHT,
        BIAS,
        /** Scale or shift of a normalisation layer. */
        NORM
    }

    Parameter inside(String layer) {
        return new Parameter(layer + "." + name, tensor, role);
    }
}
