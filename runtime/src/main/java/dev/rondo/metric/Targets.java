package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Checks of targets that do not depend on what a metric measures. */
final class Targets {
    private Targets() {}

    /**
     * The first target of a batch.
     *
     * @param metric the name of the metric, for messages
     * @throws IllegalArgumentException if there is none
     */
    static Tensor first(String metric, Tensor pred, List<Tensor> yb) {
        Argument.given("pred", pred);
        if (Argument.given("yb", yb).isEmpty()) {
            throw new IllegalArgumentException(metric + " compares predictions with targets, and the batch has none.");
        }
        return Argument.given("yb[0]", yb.get(0));
    }

    /**
     * Whether predictions and targets can be flattened and then compared one by one: they are as many, and one of them is flat or the
     * shapes differ only by dimensions of size 1. Shapes such as (2, 3) and (3, 2) do not belong together.
     */
    static boolean match(Tensor pred, Tensor y) {
        if (pred.numel() != y.numel()) return false;
        long[] a = sides(pred), b = sides(y);
        return a.length < 2 || b.length < 2 || Arrays.equals(a, b);
    }

    private static long[] sides(Tensor tensor) {
        return Arrays.stream(tensor.shape()).filter(side -> side != 1).toArray();
    }
}
