package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The correlation of the ranks of predictions and targets. Keeps both. */
final class Spearman extends RowsMetric {
    @Override
    public String name() {
        return "spearman";
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name(), pred, yb);
        if (y.numel() == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Differences d = Differences.of(name(), pred, y);
            preds.add(d.pred());
            targets.add(d.y());
        }
    }

    @Override
    void check(SavedState saved) {
        Tensor p = saved.tensor("preds", ScalarType.Double, SavedState.ANY);
        saved.tensor("targets", ScalarType.Double, p.numel());
    }

    @Override
    public OptionalDouble value() {
        if (preds.isEmpty()) return OptionalDouble.empty();
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            Tensor p = preds.all(), y = targets.all();
            if (p.isnan().any().item_bool() || y.isnan().any().item_bool()) return OptionalDouble.of(Double.NaN);
            Tensor a = ranks(p), b = ranks(y);
            return Covariance.correlation(
                    a.square().sum().item_double(),
                    b.square().sum().item_double(),
                    a.mul(b).sum().item_double());
        }
    }

    /** Twice the ranks, around their mean: integers, so that the ranks of equal values are exactly 0. */
    private static Tensor ranks(Tensor values) {
        return Ranking.twiceRanks(values).to(ScalarType.Double).sub_(new Scalar(values.numel() + 1.0));
    }
}
