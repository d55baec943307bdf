package dev.rondo.optim;

import dev.rondo.torch.Operator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Rates of single parameters from norms, as vectors on the device with one element for each parameter: nothing waits for them. */
final class Norms {
    private Norms() {}

    /** The norms of the tensors of a list. */
    static Tensor of(IValue tensors) {
        return torch.stack(Foreach.norm(tensors).toTensorVector());
    }

    /** A vector of rates as the list of its elements. */
    static IValue list(Tensor vector) {
        TensorVector elements = vector.unbind();
        Tensor[] list = new Tensor[(int) elements.size()];
        for (int i = 0; i < list.length; i++) list[i] = elements.get(i);
        return Operator.list(list);
    }

    /** The rates, but another number where one of the two norms is 0, so that a parameter can leave 0. */
    static Tensor unlessZero(Tensor rates, Tensor norms, Tensor others, double instead) {
        return rates.masked_fill(
                norms.eq(new Scalar(0.0)).logical_or_(others.eq(new Scalar(0.0))), new Scalar(instead));
    }
}
