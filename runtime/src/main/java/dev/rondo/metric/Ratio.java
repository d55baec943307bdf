package dev.rondo.metric;

import dev.rondo.check.Range;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A ratio of counts of a class or a label: numerator·hits / (predicted·p + actual·a + hits·h), where h is the number of correct
 * predictions, p that of predictions and a that of targets. 0 if the denominator is 0, scikit-learn's {@code zero_division=0}.
 *
 * @param label the name of the metric, without the suffix of the average
 * @param numerator factor of h in the numerator
 * @param predicted factor of p in the denominator
 * @param actual factor of a in the denominator
 * @param hits factor of h in the denominator
 */
record Ratio(String label, double numerator, double predicted, double actual, double hits) {
    static final Ratio PRECISION = new Ratio("precision", 1, 1, 0, 0);
    static final Ratio RECALL = new Ratio("recall", 1, 0, 1, 0);
    static final Ratio F1 = new Ratio("f1", 2, 1, 1, 0);
    static final Ratio JACCARD = new Ratio("jaccard", 1, 1, 1, -1);

    static Ratio fBeta(double beta) {
        Range.NOT_NEGATIVE.check("The beta of F-beta", beta);
        return new Ratio("fbeta", 1 + beta * beta, 1, beta * beta, 0);
    }

    double of(double h, double p, double a) {
        double whole = predicted * p + actual * a + hits * h;
        return whole == 0 ? 0 : numerator * h / whole;
    }

    /** The same for each element. */
    Tensor of(Tensor h, Tensor p, Tensor a) {
        Tensor whole = p.mul(new Scalar(predicted)).add_(a, new Scalar(actual)).add_(h, new Scalar(hits));
        return h.mul(new Scalar(numerator)).div_(whole.masked_fill(whole.eq(new Scalar(0.0)), new Scalar(1.0)));
    }

    /**
     * The average over classes or labels, of whose counts each array has one.
     *
     * @param occurs whether a class that occurs neither among predictions nor among targets is left out of {@link Averaging#MACRO}
     */
    double average(double[] h, double[] p, double[] a, Averaging averaging, boolean occurs) {
        if (averaging == Averaging.BINARY) return of(h[1], p[1], a[1]);
        if (averaging == Averaging.MICRO) return of(sum(h), sum(p), sum(a));
        double sum = 0, weights = 0;
        for (int i = 0; i < h.length; i++) {
            double weight = averaging == Averaging.WEIGHTED ? a[i] : occurs && a[i] + p[i] == 0 ? 0 : 1;
            sum += weight * of(h[i], p[i], a[i]);
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static double sum(double[] counts) {
        return DoubleStream.of(counts).sum();
    }
}
