package dev.rondo.examples.conformance;

import dev.rondo.loss.BinaryCrossEntropy;
import dev.rondo.loss.CrossEntropy;
import dev.rondo.loss.Dice;
import dev.rondo.loss.Focal;
import dev.rondo.loss.LabelSmoothing;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.loss.MultiMargin;
import dev.rondo.loss.NegativeLogLikelihood;
import dev.rondo.loss.ReducedLoss;
import dev.rondo.loss.Reduction;
import dev.rondo.loss.SoftCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Losses, followed by the gradient of their sum by the prediction. */
final class LossCases {
    private LossCases() {}

    static List<Double> values(Fields description) {
        Tensor pred = Tensors.of(description, "pred");
        pred.set_requires_grad(true);
        Tensor loss = loss(description).of(prediction(description, pred), targets(description));
        List<Double> values = new ArrayList<>(Tensors.values(loss));
        loss.sum().backward();
        values.addAll(Tensors.values(pred.grad()));
        return values;
    }

    /** Cases give logits, also to losses of their log-softmax. */
    private static Tensor prediction(Fields description, Tensor pred) {
        return switch (description.text("name")) {
            case "nll", "kl" -> pred.log_softmax(1);
            default -> pred;
        };
    }

    private static List<Tensor> targets(Fields description) {
        Tensor target = Tensors.of(description, "target");
        return description.has("targetLengths")
                ? List.of(target, lengths(description, "inputLengths"), lengths(description, "targetLengths"))
                : List.of(target);
    }

    private static Tensor lengths(Fields description, String key) {
        return torch.tensor(description.list(key).stream()
                .mapToLong(length -> ((Number) length).longValue())
                .toArray());
    }

    private static Loss loss(Fields description) {
        String reduction = description.text("reduction");
        return reduced(description)
                .withReduction(
                        reduction.equals("batchMean")
                                ? Reduction.BATCH_MEAN
                                : Reduction.valueOf(reduction.toUpperCase(Locale.ROOT)));
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
            case "huber" -> Losses.huber(description.number("delta", 1));
            case "smoothL1" -> Losses.smoothL1(description.number("beta", 1));
            case "quantile" -> Losses.quantile(description.number("q", .5));
            case "softTargets" ->
                weighted(Losses.softCrossEntropy(), description, SoftCrossEntropy::withWeight)
                        .withLabelSmoothing(description.number("labelSmoothing", 0));
            case "nll" -> weighted(Losses.nll(), description, NegativeLogLikelihood::withWeight);
            case "kl" -> Losses.klDivergence();
            case "bce" -> Losses.bce();
            case "poissonNll" -> Losses.poissonNll();
            case "multiMargin" ->
                weighted(Losses.multiMargin(), description, MultiMargin::withWeight)
                        .withMargin(description.number("margin", 1));
            case "softMargin" -> Losses.softMargin();
            case "multiLabelSoftMargin" -> Losses.multiLabelSoftMargin();
            case "ctc" -> Losses.ctc();
            default -> throw ValueCases.unknown("loss", description.text("name"));
        };
    }

    private static CrossEntropy crossEntropy(Fields description) {
        CrossEntropy loss = weighted(Losses.crossEntropy(), description, CrossEntropy::withWeight)
                .withLabelSmoothing(description.number("labelSmoothing", 0));
        return description.has("ignore") ? loss.withIgnoreIndex(description.integer("ignore", -100)) : loss;
    }

    private static <L> L weighted(L loss, Fields description, BiFunction<L, Tensor, L> withWeight) {
        return description.has("weight") ? withWeight.apply(loss, Tensors.of(description, "weight")) : loss;
    }
}
