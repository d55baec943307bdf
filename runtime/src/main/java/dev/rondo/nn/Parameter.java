package dev.rondo.nn;

import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * A trainable tensor of a model.
 *
 * @param name the name that PyTorch's {@code named_parameters} gives it, such as {@code 0.weight}
 * @param tensor a leaf tensor, which its layer owns
 * @param role the kind of parameter; by default, biases and norms have no weight decay
 */
public record Parameter(String name, Tensor tensor, Role role) {
    public Parameter {
        Objects.requireNonNull(name, "The name of a parameter is null.");
        Objects.requireNonNull(tensor, () -> "The tensor of the parameter '" + name + "' is null.");
        Objects.requireNonNull(role, () -> "The role of the parameter '" + name + "' is null.");
    }

    /** The kind of a parameter. */
    public enum Role {
        WEIGHT,
        BIAS,
        /** Scale or shift of a normalization layer. */
        NORM
    }

    Parameter inside(String layer) {
        return new Parameter(layer + "." + name, tensor, role);
    }
}
