package dev.rondo;

import dev.rondo.nn.Parameter;
import dev.rondo.nn.UsedLayers;
import dev.rondo.optim.Optimizer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Warns of layers that compute in the model without being trained: nobody registered them, or only after the optimizer was made. */
final class UntrainedLayers {
    private @Nullable Optimizer checked;

    /** Computes the output of the model, and looks at its layers in the first training batch of each optimizer. */
    Tensor pred(Learner learner) {
        Optimizer optimizer = learner.madeOptimizer();
        if (optimizer == null || optimizer == checked || !learner.training()) return Computation.pred(learner);
        checked = optimizer;
        try (UsedLayers used = UsedLayers.record()) {
            Tensor pred = Computation.pred(learner);
            warn(used.without(optimizer.groups().stream()
                    .flatMap(group -> group.parameters().stream())
                    .map(Parameter::tensor)
                    .toList()));
            return pred;
        }
    }

    private static void warn(List<String> layers) {
        if (layers.isEmpty()) return;
        LoggerFactory.getLogger(Learner.class)
                .warn(
                        "The optimizer does not have all parameters of {}, which the model computes with, so they are not trained: register"
                                + " a layer with child(…) in the constructor of the layer that uses it, or let its parameters require no"
                                + " gradient.",
                        String.join(", ", layers));
    }
}
