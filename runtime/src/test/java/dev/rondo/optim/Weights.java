package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Parameters with given gradients. */
final class Weights {
    private Weights() {}

    static Parameter parameter(Role role, double... values) {
        return parameter("p", role, values);
    }

    static Parameter parameter(String name, Role role, double... values) {
        return new Parameter(name, Tensors.floats(values).set_requires_grad(true), role);
    }

    static Parameter weight(double... values) {
        return parameter(Role.WEIGHT, values);
    }

    /** Adds to the gradient by a backward pass. */
    static void gradient(Parameter p, double... gradient) {
        p.tensor().mul(Tensors.floats(gradient)).sum().backward();
    }

    static Optimizer make(Optimizer.Factory factory, double lr, Parameter... group) {
        return factory.create(List.of(List.of(group)), lr);
    }

    /** One step with this gradient, which is then dropped. */
    static void step(Optimizer optimizer, Parameter p, double... gradient) {
        gradient(p, gradient);
        optimizer.step();
        optimizer.zeroGrad();
    }

    static float[] values(Parameter p) {
        return Tensors.values(p.tensor());
    }

    static Tensor grad(Parameter p) {
        return p.tensor().grad();
    }
}
