package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A {@link Ranking} of the samples of a phase, averaged over classes or labels. Keeps the scores and the targets of all samples. */
abstract class RankingMetric extends RowsMetric {
    private final String name;
    private final Ranking ranking;
    private final Averaging averaging;

    RankingMetric(String name, Ranking ranking, Averaging averaging) {
        this.name = name;
        this.ranking = ranking;
        this.averaging = averaging;
    }

    /** The scores and the targets of a batch. A sample is a row. */
    record Batch(Tensor scores, Tensor targets) {}

    abstract Batch read(Tensor pred, Tensor y);

    /** The shape of the targets of scores (N, columns). */
    abstract long[] targetShape(long samples, long columns);

    /**
     * Whether each sample is a positive one, by class or label: (N, columns), as the scores.
     *
     * @throws IllegalArgumentException if targets are out of range
     */
    abstract Tensor positive(Tensor scores, Tensor targets);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public final void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        if (y.numel() == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Batch batch = read(pred, y);
            preds.add(batch.scores);
            targets.add(batch.targets);
        }
    }

    @Override
    final void check(SavedState saved) {
        Tensor scores = saved.tensor("preds", null, SavedState.ANY, SavedState.ANY);
        if (!scores.is_floating_point() || scores.element_size() < Float.BYTES) {
            throw saved.wrong("preds", "a tensor of float32 or float64");
        }
        saved.tensor("targets", null, targetShape(scores.size(0), scores.size(1)));
    }

    /** Scores in float32 at least. */
    static Tensor wide(Tensor scores) {
        return scores.element_size() < Float.BYTES ? scores.to(ScalarType.Float) : scores;
    }

    @Override
    public final OptionalDouble value() {
        if (preds.isEmpty()) return OptionalDouble.empty();
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            Tensor all = preds.all(), positive = positive(all, targets.all());
            if (all.isnan().any().item_bool()) return OptionalDouble.of(Double.NaN);
            return switch (averaging) {
                case MICRO -> ranking.of(all.flatten(), positive.flatten());
                case SAMPLES -> mean(all.cpu().t(), positive.cpu().t()); // a device would be read for each sample
                default -> mean(all, positive);
            };
        }
    }

    /** The mean over the columns for which the value is defined; empty if there are none. */
    private OptionalDouble mean(Tensor scores, Tensor positive) {
        double sum = 0, weights = 0;
        for (int c = 0; c < scores.size(1); c++) {
            Tensor column = positive.select(1, c);
            OptionalDouble value = ranking.of(scores.select(1, c), column);
            if (value.isEmpty()) continue;
            double weight = averaging == Averaging.WEIGHTED ? column.sum().item_long() : 1;
            sum += weight * value.getAsDouble();
            weights += weight;
        }
        return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
    }
}
