package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The area under the ROC curve: the fraction of pairs of a positive and a negative sample in which the positive one has the higher score;
 * ties count half. With more than two classes it is the mean over classes, each against the rest.
 */
final class RocAuc implements Metric {
    private final Rows scores = new Rows();
    private final Rows actual = new Rows();
    private int classes;

    @Override
    public String name() {
        return "roc_auc";
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public void reset() {
        scores.reset();
        actual.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name(), pred, yb);
        if (y.numel() == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Decisions d = Decisions.of(name(), pred, y);
            scores.add(scores(d));
            actual.add(d.targets());
            classes = d.classes();
        }
    }

    /** Scores in the order of the probabilities. Probabilities round to 1, which would make ties. */
    private static Tensor scores(Decisions d) {
        Tensor logits = d.logits();
        if (logits.element_size() < Float.BYTES) logits = logits.to(ScalarType.Float);
        if (logits.dim() == 1) return logits;
        return d.classes() == 2 ? logits.select(1, 1).sub(logits.select(1, 0)) : logits.log_softmax(1);
    }

    @Override
    public OptionalDouble value() {
        if (scores.isEmpty()) return OptionalDouble.empty();
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            Tensor scores = this.scores.all(), actual = this.actual.all();
            long outside =
                    new Decisions(scores, actual, classes).outside().sum().item_long();
            if (outside > 0) throw ConfusionMatrix.outside(name(), outside, classes);
            if (scores.isnan().any().item_bool()) return OptionalDouble.of(Double.NaN);
            if (scores.dim() == 1) return area(scores, actual.eq(new Scalar(1L)));
            double sum = 0;
            int defined = 0;
            for (int c = 0; c < classes; c++) {
                OptionalDouble area = area(scores.select(1, c), actual.eq(new Scalar((long) c)));
                if (area.isEmpty()) continue;
                sum += area.getAsDouble();
                defined++;
            }
            return defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
        }
    }

    /**
     * Computed from the ranks of the positive samples, as the Mann-Whitney U statistic; empty without positive or without negative samples.
     */
    private static OptionalDouble area(Tensor scores, Tensor positive) {
        double positives = positive.sum().item_long(), negatives = scores.numel() - positives;
        if (positives == 0 || negatives == 0) return OptionalDouble.empty();
        Tensor column = scores.contiguous(), sorted = column.sort().get0();
        // Twice the mean rank of equal scores, which is an integer.
        Tensor ranks = position(sorted, column, false)
                .add_(position(sorted, column, true))
                .add_(new Scalar(1L));
        double twice = ranks.mul(positive).sum().item_long();
        return OptionalDouble.of((twice / 2 - positives * (positives + 1) / 2) / (positives * negatives));
    }

    private static Tensor position(Tensor sorted, Tensor scores, boolean right) {
        return torch.searchsorted(sorted, scores, false, right, new StringViewOptional(), new TensorOptional());
    }

    @Override
    public void close() {
        reset();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
