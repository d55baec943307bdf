package dev.rondo.optim;

import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Norms and local learning rates of parameters: vectors on the device with one element for each parameter. No method waits for the device.
 */
final class Norms {
    private Norms() {}

    /** The norm of each tensor of a list. */
    static Tensor of(IValue tensors) {
        return torch.stack(Foreach.norm(tensors).toTensorVector());
    }

    /** Converts a vector to the list of its elements. */
    static IValue list(Tensor vector) {
        TensorVector elements = vector.unbind();
        Tensor[] list = new Tensor[(int) elements.size()];
        for (int i = 0; i < list.length; i++) list[i] = elements.get(i);
        return Operator.list(list);
    }

    /** Replaces elements of {@code values} whose norm in either vector is 0, so that a parameter can leave 0. */
    static Tensor unlessZero(Tensor values, Tensor norms, Tensor others, double instead) {
        return values.masked_fill(
                norms.eq(new Scalar(0.0)).logical_or_(others.eq(new Scalar(0.0))), new Scalar(instead));
    }
}
