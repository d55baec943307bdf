package dev.rondo.metric;

import dev.rondo.check.Range;

/**
 * Metrics of several labels, of which each applies to a sample or not; from {@link Metrics#multiLabel}. {@code pred} is logits (N, labels),
 * with more dimensions before the last one if needed, and the target has their shape and is 0 or 1. A label is predicted if its probability,
 * the sigmoid of the logit, is above the threshold. An average is {@link Averaging#MACRO}, MICRO, WEIGHTED or SAMPLES. All metrics fail in
 * {@code accumulate} if shapes do not fit, and in {@code value} if targets were neither 0 nor 1.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/model_evaluation.html#multilabel-ranking-metrics">scikit-learn, metrics</a>
 * @see <a href="https://docs.fast.ai/metrics.html#multi-label-classification">fastai, multi-label classification</a>
 */
public final class MultiLabelMetrics {
    private final double threshold;

    MultiLabelMetrics(double threshold) {
        this.threshold = Range.FRACTION.check("The threshold of decisions about labels", threshold);
    }

    /** The fraction of right decisions, over all samples and labels: fastai's {@code accuracy_multi}. */
    public Metric accuracy() {
        return new LabelAccuracy(true, threshold);
    }

    /** The fraction of wrong decisions, over all samples and labels. */
    public Metric hamming() {
        return new LabelAccuracy(false, threshold);
    }

    /** The number of right predictions of a label divided by that of its predictions; 0 if there are none. */
    public Metric precision(Averaging averaging) {
        return of(Ratio.PRECISION, averaging);
    }

    /** The number of right predictions of a label divided by the number of samples to which it applies; 0 if there are none. */
    public Metric recall(Averaging averaging) {
        return of(Ratio.RECALL, averaging);
    }

    /** The harmonic mean of precision and recall. */
    public Metric f1(Averaging averaging) {
        return of(Ratio.F1, averaging);
    }

    /**
     * The weighted harmonic mean of precision and recall.
     *
     * @param beta the weight of recall, 0 or more; 1 is F1
     */
    public Metric fBeta(double beta, Averaging averaging) {
        return of(Ratio.fBeta(beta), averaging);
    }

    /** The right predictions of a label divided by the samples for which it is predicted or applies. */
    public Metric jaccard(Averaging averaging) {
        return of(Ratio.JACCARD, averaging);
    }

    /** The area under the ROC curve of each label. Labels that apply to all samples or none are left out. Keeps the scores of a phase. */
    public Metric rocAuc(Averaging averaging) {
        return new LabelRanking("roc_auc", Ranking::area, averaging);
    }

    /** The average precision of each label; 0 for a label that applies to no sample. Keeps the scores of a phase. */
    public Metric averagePrecision(Averaging averaging) {
        return new LabelRanking("average_precision", Ranking::averagePrecision, averaging);
    }

    private Metric of(Ratio ratio, Averaging averaging) {
        return new LabelMetric(ratio, averaging, threshold);
    }

    @Override
    public String toString() {
        return "Metrics of labels above " + threshold;
    }
}
