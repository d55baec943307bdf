package dev.rondo.metric;

import org.bytedeco.pytorch.Tensor;

/** A ranking of the samples of several labels by their logits, whose order is that of the probabilities. */
final class LabelRanking extends RankingMetric {
    LabelRanking(String label, Ranking ranking, Averaging averaging) {
        super(label + LabelMetric.notBinary(label, averaging).suffix, ranking, averaging);
    }

    @Override
    Batch read(Tensor pred, Tensor y) {
        Labels labels = Labels.of(name(), pred, y);
        return new Batch(wide(labels.logits()), labels.targets());
    }

    @Override
    long[] targetShape(long samples, long columns) {
        return new long[] {samples, columns};
    }

    @Override
    Tensor positive(Tensor scores, Tensor targets) {
        Labels labels = new Labels(scores, targets);
        Labels.checkOutside(name(), labels.outside().item_double());
        return labels.positive();
    }
}
