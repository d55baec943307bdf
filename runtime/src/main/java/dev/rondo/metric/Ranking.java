package dev.rondo.metric;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What the order of samples by their scores is worth. Waits for the device. */
@FunctionalInterface
interface Ranking {
    /**
     * @param scores (N), without NaN
     * @param positive whether each sample is a positive one: (N)
     * @return empty if the value is undefined
     */
    OptionalDouble of(Tensor scores, Tensor positive);

    /**
     * The fraction of pairs of a positive and a negative sample in which the positive one has the higher score; ties count half. Computed
     * from the ranks of the positive samples, as the Mann-Whitney U statistic; empty without positive or without negative samples.
     */
    static OptionalDouble area(Tensor scores, Tensor positive) {
        double positives = positive.sum().item_long(), negatives = scores.numel() - positives;
        if (positives == 0 || negatives == 0) return OptionalDouble.empty();
        double twice = twiceRanks(scores).mul(positive).sum().item_long();
        return OptionalDouble.of((twice / 2 - positives * (positives + 1) / 2) / (positives * negatives));
    }

    /** The mean over positive samples of the precision of all samples that have no lower score; 0 without positive samples. */
    static OptionalDouble averagePrecision(Tensor scores, Tensor positive) {
        Tensor column = scores.contiguous(), hits = column.masked_select(positive);
        if (hits.numel() == 0) return OptionalDouble.of(0);
        return OptionalDouble.of(
                notBelow(hits, hits).div(notBelow(column, hits)).mean().item_double());
    }

    /** The number of scores that are not below each of the others. */
    private static Tensor notBelow(Tensor scores, Tensor others) {
        Tensor below = position(scores.sort().get0(), others, false);
        return below.neg().add_(new Scalar(scores.numel())).to(ScalarType.Double);
    }

    /** Twice the mean rank of the scores that are equal to each score, from 2 on: integers (N). */
    static Tensor twiceRanks(Tensor scores) {
        Tensor column = scores.contiguous(), sorted = column.sort().get0();
        return position(sorted, column, false)
                .add_(position(sorted, column, true))
                .add_(new Scalar(1L));
    }

    private static Tensor position(Tensor sorted, Tensor scores, boolean right) {
        return torch.searchsorted(sorted, scores, false, right, new StringViewOptional(), new TensorOptional());
    }
}
