package dev.rondo.examples.conformance;

import dev.rondo.nn.Parameter;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gradients that are clipped by their norm or by value. */
final class ClipCases {
    private ClipCases() {}

    static List<Double> values(Fields description) {
        List<Parameter> parameters = new ArrayList<>();
        for (Fields gradient : description.objects("grads")) {
            Tensor grad = Tensors.of(gradient),
                    parameter = torch.zeros_like(grad).set_requires_grad(true);
            parameter.mutable_grad().put(grad);
            parameters.add(new Parameter("p" + parameters.size(), parameter, Parameter.Role.WEIGHT));
        }
        double limit = description.number("limit", 1);
        List<Double> values = new ArrayList<>();
        try (Optimizer optimizer = Optimizers.sgd().create(List.of(parameters), .1)) {
            if (description.text("by").equals("norm")) Gradients.clipNorm(optimizer, limit, 2);
            else Gradients.clipValue(optimizer, limit);
            for (Parameter p : parameters)
                values.addAll(Tensors.values(p.tensor().grad()));
        }
        return values;
    }
}
