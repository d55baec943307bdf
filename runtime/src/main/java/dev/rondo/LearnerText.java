package dev.rondo;

import dev.rondo.check.ObjectText;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizer;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a learner: a line for each of its parts. */
final class LearnerText {
    private LearnerText() {}

    static String of(LearnerAttributes learner) {
        Optimizer optimizer = learner.madeOptimizer();
        return String.join(
                "\n  ",
                ObjectText.name(learner.getClass()),
                "model: " + ObjectText.of(learner.model()) + ", "
                        + size(learner.model().parameters()),
                "loss: " + ObjectText.of(learner.lossFunction()),
                "data: " + learner.dataLoaders(),
                "optimizer: "
                        + (optimizer == null
                                ? "none; the next fit makes it"
                                : optimizer.toString().replace("\n", "\n  ")),
                "metrics: " + names(learner.metrics().stream().map(Metric::name).toList()),
                "callbacks: "
                        + names(learner.registry()
                                .all()
                                .map(LearnerText::callback)
                                .toList()));
    }

    private static String size(List<Parameter> parameters) {
        return parameters.size() + " parameters ("
                + parameters.stream().mapToLong(Parameter::elements).sum() + " elements)";
    }

    private static String callback(CallbackHandle handle) {
        return handle.name() + (handle.run() ? "" : " (off)");
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
    }
}
