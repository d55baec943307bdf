package dev.rondo.metric;

import dev.rondo.check.Range;
import java.util.OptionalDouble;

/**
 * Metrics of areas (segmentation), from {@link Metrics#areas}. {@code pred} is logits (N, classes, …), such as (N, classes, height, width),
 * of which the largest decides, or single logits (N, 1, …), which predict class 1 if they are above 0, and the target is class numbers (N, …). The counts are those of all pixels of a phase. The metrics fail in
 * {@code accumulate} if shapes do not fit, and in {@code value} if targets were out of range.
 *
 * @see <a href="https://docs.fast.ai/metrics.html#segmentation">fastai, segmentation</a>
 */
public final class AreaMetrics {
    AreaMetrics() {}

    /** 2·overlap / (predicted + actual area), the mean over the classes that occur: fastai's {@code DiceMulti}. */
    public Metric dice() {
        return of("dice", Ratio.F1);
    }

    /** Overlap / union of predicted and actual area, the mean over the classes that occur: fastai's {@code JaccardCoeffMulti}. */
    public Metric jaccard() {
        return of("jaccard", Ratio.JACCARD);
    }

    /** The accuracy over the pixels that are not of class 0. */
    public Metric foregroundAccuracy() {
        return foregroundAccuracy(0);
    }

    /**
     * The accuracy over the pixels that are not of one class. Without such pixels there is no value.
     *
     * @param background the number of that class, 0 or more
     */
    public Metric foregroundAccuracy(int background) {
        Range.NOT_NEGATIVE.check("The class number of the background", background);
        return new MatrixMetric(
                "foreground_accuracy", Decisions::ofAreas, m -> Agreement.accuracyWithout(m, background));
    }

    private static Metric of(String name, Ratio ratio) {
        return new MatrixMetric(
                name, Decisions::ofAreas, m -> OptionalDouble.of(MatrixMetric.average(ratio, m, Averaging.MACRO)));
    }

    @Override
    public String toString() {
        return "Metrics of areas";
    }
}
