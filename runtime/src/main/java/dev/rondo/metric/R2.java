package dev.rondo.metric;

import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** The coefficient of determination, 1 − Σ(y − pred)² / Σ(y − ȳ)², over all elements. */
final class R2 extends SumMetric {
    private final Origin origin = new Origin();

    R2() {
        super("r2", Direction.LARGER_IS_BETTER);
    }

    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Differences d = Differences.of(name(), pred, y);
        Tensor around = origin.around(d.y());
        Tensor residuals = d.tensor().square().sum();
        return vector(residuals, around.sum(), around.square().sum(), count(residuals, y.numel()));
    }

    @Override
    Map<String, Origin> origins() {
        return Map.of("origin", origin);
    }

    @Override
    long size(long classes) {
        return 4;
    }

    @Override
    OptionalDouble value(double[] sums) {
        double n = sums[3], total = sums[2] - sums[1] * sums[1] / n;
        if (n < 2) return OptionalDouble.empty();
        if (sums[2] == 0 && sums[0] >= 0) return OptionalDouble.of(sums[0] == 0 ? 1 : 0); // all targets are equal
        return OptionalDouble.of(1 - sums[0] / total);
    }
}
