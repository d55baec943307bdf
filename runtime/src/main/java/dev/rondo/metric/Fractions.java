package dev.rondo.metric;

import dev.rondo.check.Range;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Fractions of samples of classes whose decision has a property. */
final class Fractions {
    private Fractions() {}

    static Metric right(String name) {
        return decided(name, d -> d.predicted().eq(d.targets())).withDirection(Direction.LARGER_IS_BETTER);
    }

    static Metric wrong(String name) {
        return decided(name, d -> d.predicted().ne(d.targets())).withDirection(Direction.SMALLER_IS_BETTER);
    }

    /** The fraction of decisions with a property. Predictions may be single logits. */
    private static Metric decided(String name, Function<Decisions, Tensor> holds) {
        return fraction(
                name,
                (pred, y) -> holds.apply(
                        Decisions.single(pred) ? Decisions.of(name, pred, y) : Decisions.ofClasses(name, pred, y)));
    }

    static Metric topK(int k) {
        Range.AT_LEAST_1.check("The k of a top-k accuracy", k);
        String name = "top_" + k;
        return fraction(name, (pred, y) -> {
                    Decisions d = Decisions.ofClasses(name, pred, y);
                    if (k > d.classes()) {
                        throw new IllegalArgumentException(
                                name + " looks at " + k + " classes, but there are " + d.classes() + ".");
                    }
                    Tensor top = d.logits().topk(k, 1, true, false).get1();
                    return top.eq(d.targets().unsqueeze(1)).any(1);
                })
                .withDirection(Direction.LARGER_IS_BETTER);
    }

    private static Metric fraction(String name, BinaryOperator<Tensor> holds) {
        // in float64, so that 2 of 3 and 1 of 1 give exactly 3 of 4
        return Metrics.average(name, (pred, y) -> holds.apply(pred, y).to(ScalarType.Double));
    }
}
