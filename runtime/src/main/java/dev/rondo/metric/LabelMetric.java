package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** An average of a ratio of the decisions about several labels. */
final class LabelMetric extends SumMetric {
    private final Ratio ratio;
    private final Averaging averaging;
    private final double threshold;

    LabelMetric(Ratio ratio, Averaging averaging, double threshold) {
        super(ratio.label() + notBinary(ratio.label(), averaging).suffix, Direction.LARGER_IS_BETTER);
        this.ratio = ratio;
        this.averaging = averaging;
        this.threshold = threshold;
    }

    /** @throws IllegalArgumentException if the average is {@link Averaging#BINARY} */
    static Averaging notBinary(String label, Averaging averaging) {
        if (Argument.given("averaging", averaging) == Averaging.BINARY) {
            throw new IllegalArgumentException(
                    label
                            + " of several labels has no Averaging.BINARY. Choose Averaging.MACRO, MICRO, WEIGHTED or SAMPLES.");
        }
        return averaging;
    }

    /** Of samples, the sum of their values and their number; else hits, predictions and targets of each label. At last the wrong targets. */
    @Override
    Tensor sums(Tensor pred, Tensor y) {
        Labels of = Labels.of(name(), pred, y);
        checkCount((int) of.logits().size(1));
        Tensor p = of.predicted(threshold), a = of.actual(), h = p.mul(a), outside = of.outside();
        if (averaging == Averaging.SAMPLES) {
            Tensor value = ratio.of(h.sum(1), p.sum(1), a.sum(1)).sum();
            return vector(value, count(value, p.size(0)), outside);
        }
        return torch.cat(new TensorVector(h.sum(0), p.sum(0), a.sum(0), outside.unsqueeze(0)));
    }

    private void checkCount(int now) {
        if (classes != 0 && classes != now) {
            throw new IllegalArgumentException(
                    name() + " has counted " + classes + " labels, but this batch has " + now + ".");
        }
        classes = now;
    }

    @Override
    long size(long classes) {
        return averaging == Averaging.SAMPLES ? 3 : 3 * classes + 1;
    }

    @Override
    OptionalDouble value(double[] sums) {
        Labels.checkOutside(name(), sums[sums.length - 1]);
        if (averaging == Averaging.SAMPLES) return OptionalDouble.of(sums[0] / sums[1]);
        int n = (sums.length - 1) / 3;
        double[] hits = Arrays.copyOf(sums, n), predicted = Arrays.copyOfRange(sums, n, 2 * n);
        return OptionalDouble.of(
                ratio.average(hits, predicted, Arrays.copyOfRange(sums, 2 * n, 3 * n), averaging, false));
    }
}
