package dev.rondo.examples.conformance;

import dev.rondo.nn.Layer;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.Parameter.Role;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The model of the scenarios: y = a·x + b, with inputs and outputs of shape (N, 1). Both parameters start at 0. They are in one group, or
 * in one group each.
 *
 * <p>The product is rounded before the sum, as in PyTorch. The matrix product of another BLAS fuses the two and rounds once. Where large
 * gradients cancel out, only the last bits are left, and they would differ.
 */
final class LinearModel extends Layer {
    private final Tensor weight = parameter("weight", torch.zeros(1, 1), Role.WEIGHT);
    private final Tensor bias = parameter("bias", torch.zeros(1), Role.BIAS);
    private final int groups;

    LinearModel(int groups) {
        this.groups = groups;
    }

    @Override
    public List<List<Parameter>> parameterGroups() {
        return groups == 1
                ? List.of(parameters())
                : parameters().stream().map(List::of).toList();
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        return inputs[0].mul(weight).add(bias);
    }

    List<Double> values() {
        return List.of((double) weight.item_float(), (double) bias.item_float());
    }

    /** Returns the gradients. An undefined gradient counts as 0. */
    List<Double> gradients() {
        return List.of(gradient(weight), gradient(bias));
    }

    void scaleGradients(Tensor factor) {
        for (Parameter p : parameters()) {
            Tensor gradient = p.tensor().mutable_grad();
            if (gradient.defined()) gradient.mul_(factor);
        }
    }

    private static double gradient(Tensor parameter) {
        Tensor gradient = parameter.mutable_grad();
        return gradient.defined() ? gradient.item_float() : 0;
    }
}
