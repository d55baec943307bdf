package dev.rondo.examples.conformance;

import dev.rondo.Learner;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.ParameterGroup;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;

/** Reads attributes of a learner as JSON values. An absent attribute is null. */
final class Snapshot {
    private Snapshot() {}

    static Object of(String key, Learner learner) {
        return switch (key) {
            case "epoch" -> learner.epoch();
            case "nEpoch" -> learner.nEpoch();
            case "iter" -> iter(learner);
            case "nIter" -> orNull(learner::nIter);
            case "trainIter" -> learner.trainIter();
            case "pctTrain" -> learner.pctTrain();
            case "training" -> learner.training();
            case "loss" -> scalar(orNull(learner::loss));
            case "lossGrad" -> scalar(orNull(learner::lossGrad));
            case "lr" -> perGroup(learner, group -> group.get(Hyper.LR));
            case "mom" -> perGroup(learner, group -> group.get(Hyper.MOM));
            case "params" -> json(((LinearModel) learner.model()).values());
            case "grads" -> json(((LinearModel) learner.model()).gradients());
            default -> throw new IllegalArgumentException("No attribute is called '" + key + "'.");
        };
    }

    static Integer iter(Learner learner) {
        return orNull(learner::iter);
    }

    /** Returns null for an absent attribute, for which the learner throws an exception. */
    private static <T> T orNull(Supplier<T> attribute) {
        try {
            return attribute.get();
        } catch (IllegalStateException absent) {
            return null;
        }
    }

    private static Object scalar(Tensor tensor) {
        return tensor == null ? null : json(tensor.mean().item_double());
    }

    private static Object perGroup(Learner learner, ToDoubleFunction<ParameterGroup> value) {
        List<ParameterGroup> groups = orNull(() -> learner.optimizer().groups());
        return groups == null
                ? null
                : json(groups.stream().mapToDouble(value).boxed().toList());
    }

    /** Returns infinities as text and NaN as null, because JSON has neither. */
    static Object json(double value) {
        if (Double.isNaN(value)) return null;
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        return value;
    }

    static List<Object> json(List<Double> values) {
        return values.stream().map(Snapshot::json).toList();
    }
}
