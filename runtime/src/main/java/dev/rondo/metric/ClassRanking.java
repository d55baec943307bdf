package dev.rondo.metric;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A ranking of samples of classes: by the score of class 1 of two classes, or the mean over classes, each
 * against the rest. */
final class ClassRanking extends RankingMetric {
    ClassRanking(String name, Ranking ranking) {
        super(name, ranking, Averaging.MACRO);
    }

    @Override
    Batch read(Tensor pred, Tensor y) {
        Decisions d = Decisions.of(name(), pred, y);
        return new Batch(scores(d), d.targets());
    }

    /** Scores in the order of the probabilities: (N, 1), or (N, classes). Probabilities round to 1, which would make ties. */
    private static Tensor scores(Decisions d) {
        Tensor logits = wide(d.logits());
        if (logits.dim() == 1) return logits.unsqueeze(1);
        return d.classes() == 2 ? logits.narrow(1, 1, 1).sub(logits.narrow(1, 0, 1)) : logits.log_softmax(1);
    }

    @Override
    long[] targetShape(long samples, long columns) {
        return new long[] {samples};
    }

    @Override
    Tensor positive(Tensor scores, Tensor targets) {
        int classes = scores.size(1) == 1 ? 2 : (int) scores.size(1);
        long outside = new Decisions(scores, targets, classes).outside().sum().item_long();
        if (outside > 0) throw ConfusionCounts.outside(name(), outside, classes);
        Tensor actual = targets.to(ScalarType.Long).unsqueeze(1);
        return classes == 2
                ? actual.eq(new Scalar(1L))
                : actual.eq(torch.arange(new Scalar((long) classes), actual.options()));
    }
}
