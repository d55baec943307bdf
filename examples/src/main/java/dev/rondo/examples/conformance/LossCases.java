package dev.rondo.examples.conformance;

import dev.rondo.loss.BinaryCrossEntropy;
import dev.rondo.loss.CrossEntropy;
import dev.rondo.loss.Dice;
import dev.rondo.loss.Focal;
import dev.rondo.loss.LabelSmoothing;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.loss.ReducedLoss;
import dev.rondo.loss.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/** Losses, followed by the gradient of their sum by the prediction. */
final class LossCases {
    private LossCases() {}

    static List<Double> values(Fields description) {
        Tensor pred = Tensors.of(description, "pred");
        pred.set_requires_grad(true);
        Tensor loss = loss(description).of(pred, List.of(Tensors.of(description, "target")));
        List<Double> values = new ArrayList<>(Tensors.values(loss));
        loss.sum().backward();
        values.addAll(Tensors.values(pred.grad()));
        return values;
    }

    private static Loss loss(Fields description) {
        return reduced(description)
                .withReduction(Reduction.valueOf(description.text("reduction").toUpperCase(Locale.ROOT)));
    }

    private static ReducedLoss reduced(Fields description) {
        int axis = description.integer("axis", -1);
        return switch (description.text("name")) {
            case "crossEntropy" -> crossEntropy(description).withAxis(axis);
            case "labelSmoothing" -> {
                LabelSmoothing loss = Losses.labelSmoothing(description.number("eps", .1));
                yield weighted(loss, description, LabelSmoothing::withWeight).withAxis(axis);
            }
            case "focal" -> {
                Focal loss = Losses.focal(description.number("gamma", 2));
                yield weighted(loss, description, Focal::withWeight).withAxis(axis);
            }
            case "dice" -> {
                Dice dice = Losses.dice().withSmooth(description.number("smooth", 1e-6));
                yield (description.flag("squares", false) ? dice.withSquareInUnion() : dice).withAxis(axis);
            }
            case "bceWithLogits" -> {
                BinaryCrossEntropy loss = Losses.bceWithLogits();
                yield description.has("posWeight") ? loss.withPosWeight(Tensors.of(description, "posWeight")) : loss;
            }
            case "mse" -> Losses.mse();
            case "l1" -> Losses.l1();
            default -> throw ValueCases.unknown("loss", description.text("name"));
        };
    }

    private static CrossEntropy crossEntropy(Fields description) {
        CrossEntropy loss = weighted(Losses.crossEntropy(), description, CrossEntropy::withWeight);
        return description.has("ignore") ? loss.withIgnoreIndex(description.integer("ignore", -100)) : loss;
    }

    private static <L> L weighted(L loss, Fields description, BiFunction<L, Tensor, L> withWeight) {
        return description.has("weight") ? withWeight.apply(loss, Tensors.of(description, "weight")) : loss;
    }
}
