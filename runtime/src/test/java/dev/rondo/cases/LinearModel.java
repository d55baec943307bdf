package dev.rondo.cases;

import dev.rondo.nn.Layer;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The model of the cases: y = a·x + b, (N, 1) to (N, 1). Both parameters are initially 0, and both have weight decay. */
class LinearModel extends Layer {
    final Tensor a = parameter("a", torch.zeros(1, 1), Role.WEIGHT);
    final Tensor b = parameter("b", torch.zeros(1), Role.WEIGHT);
    private final TensorOptional optionalB = optional(b);

    @Override
    public Tensor forward(Tensor... inputs) {
        return torch.linear(inputs[0], a, optionalB);
    }

    /** a and b. */
    double[] values() {
        return new double[] {a.item_float(), b.item_float()};
    }

    /** Their gradients; NaN for a missing one. */
    double[] gradients() {
        return new double[] {gradient(a), gradient(b)};
    }

    private static double gradient(Tensor of) {
        Tensor gradient = of.mutable_grad();
        return gradient.defined() ? gradient.item_float() : Double.NaN;
    }

    /** The same model with a group for each parameter. */
    static final class InTwoGroups extends LinearModel {
        @Override
        public List<List<Parameter>> parameterGroups() {
            return parameters().stream().map(List::of).toList();
        }
    }
}
