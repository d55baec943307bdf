package dev.rondo.nn;

import dev.rondo.torch.TensorText;
import org.bytedeco.pytorch.Tensor;

/**
 * A trainable tensor of a model.
 *
 * @param name the name that PyTorch's {@code named_parameters} gives it, such as {@code 0.weight}
 * @param tensor a leaf tensor, which its layer owns
 * @param role the kind of parameter; by default, biases and norms have no weight decay
 */
public record Parameter(String name, Tensor tensor, Role role) {
    /** The kind of a parameter. */
    public enum Role {
        WEIGHT,
        BIAS,
        /** Scale or shift of a normalization layer. */
        NORM
    }

    /** The number of its elements; 0 if its tensor is closed. */
    public long elements() {
        return tensor.isNull() ? 0 : tensor.numel();
    }

    Parameter inside(String layer) {
        return new Parameter(layer + "." + name, tensor, role);
    }

    /** Name, shape, type and role: {@code Parameter 0.weight [64, 784] float32 WEIGHT}. */
    @Override
    public String toString() {
        return "Parameter " + name + " " + TensorText.of(tensor) + " " + role;
    }
}
