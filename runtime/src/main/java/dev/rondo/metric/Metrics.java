package dev.rondo.metric;

import dev.rondo.check.Range;
import dev.rondo.metric.CountingMetric.Ratio;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The metrics of Rondo, with the names of scikit-learn's scorers. Their values do not depend on the batch size. For logits of classes, the
 * last dimension is that of the classes; predictions and targets are flattened. docs/metrics.md describes each metric.
 */
public final class Metrics {
    private Metrics() {}

    // ---- classification

    /**
     * The fraction of samples whose largest logit is that of their class. {@code pred} is (N, classes) and the target is (N) class numbers.
     * With more dimensions, the last one of {@code pred} is that of the classes. Single logits, (N) or (N, 1), predict class 1 if they are
     * above 0, else class 0.
     *
     * @throws IllegalArgumentException from {@code accumulate}, if the numbers of targets and predictions differ
     * @see <a href="https://docs.fast.ai/metrics.html#accuracy">fastai, accuracy</a>
     */
    public static Metric accuracy() {
        return decided("accuracy", d -> d.predicted().eq(d.targets())).withDirection(Direction.LARGER_IS_BETTER);
    }

    /**
     * 1 − {@linkplain #accuracy() accuracy}.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#error_rate">fastai, error_rate</a>
     */
    public static Metric errorRate() {
        return decided("error_rate", d -> d.predicted().ne(d.targets())).withDirection(Direction.SMALLER_IS_BETTER);
    }

    /** The fraction of decisions with a property. Predictions may be single logits. */
    private static Metric decided(String name, Function<Decisions, Tensor> holds) {
        return fraction(
                name,
                (pred, y) -> holds.apply(
                        Decisions.single(pred) ? Decisions.of(name, pred, y) : Decisions.ofClasses(name, pred, y)));
    }

    private static Metric fraction(String name, BinaryOperator<Tensor> holds) {
        // in float64, so that 2 of 3 and 1 of 1 give exactly 3 of 4
        return average(name, (pred, y) -> holds.apply(pred, y).to(ScalarType.Double));
    }

    /**
     * The fraction of samples whose class is among the k largest logits, named {@code top_<k>}. Shapes are as for {@link #accuracy()},
     * without single logits.
     *
     * @param k at least 1, and at most the number of classes
     * @see <a href="https://docs.fast.ai/metrics.html#top_k_accuracy">fastai, top_k_accuracy</a>
     */
    public static Metric topK(int k) {
        Range.AT_LEAST_1.check("The k of a top-k accuracy", k);
        String name = "top_" + k;
        return fraction(name, (pred, y) -> {
                    Decisions d = Decisions.ofClasses(name, pred, y);
                    if (k > d.classes()) {
                        throw new IllegalArgumentException(
                                name + " looks at " + k + " classes, but there are " + d.classes() + ".");
                    }
                    Tensor top = d.logits().topk(k, 1, true, false).get1();
                    return top.eq(d.targets().unsqueeze(1)).any(1);
                })
                .withDirection(Direction.LARGER_IS_BETTER);
    }

    /** {@linkplain #precision(Averaging) Precision} of class 1 of two classes. */
    public static Metric precision() {
        return precision(Averaging.BINARY);
    }

    /**
     * Precision: the number of correct predictions of a class divided by the number of its predictions; 0 if there are none. Predictions
     * are logits (N, classes), or single logits (N) or (N, 1), which predict class 1 if they are above 0, else class 0. Targets are class
     * numbers (N).
     *
     * @throws IllegalArgumentException from {@code accumulate}, if shapes do not fit; from {@code value}, if targets were out of range
     * @see <a
     *     href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_score.html">sklearn.metrics.precision_score</a>
     */
    public static Metric precision(Averaging averaging) {
        return new CountingMetric(Ratio.PRECISION, averaging);
    }

    /** {@linkplain #recall(Averaging) Recall} of class 1 of two classes. */
    public static Metric recall() {
        return recall(Averaging.BINARY);
    }

    /**
     * Recall: the number of correct predictions of a class divided by the number of its targets; 0 if there are none. Shapes and errors are
     * as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.recall_score.html">sklearn.metrics.recall_score</a>
     */
    public static Metric recall(Averaging averaging) {
        return new CountingMetric(Ratio.RECALL, averaging);
    }

    /** {@linkplain #f1(Averaging) F1} of class 1 of two classes. */
    public static Metric f1() {
        return f1(Averaging.BINARY);
    }

    /**
     * F1: the harmonic mean of precision and recall, 2·hits/(predicted + actual); 0 if the class has neither predictions nor targets.
     * Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html">sklearn.metrics.f1_score</a>
     */
    public static Metric f1(Averaging averaging) {
        return new CountingMetric(Ratio.F1, averaging);
    }

    /**
     * The area under the ROC curve: the fraction of pairs of a positive and a negative sample in which the positive one has the higher
     * score; ties count half. With more than two classes it is the mean over classes, each against the rest. Classes without samples or
     * without other samples are left out; if none remains, there is no value. NaN if a prediction is NaN. Keeps the scores of a phase on
     * the device. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a
     *     href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html">sklearn.metrics.roc_auc_score</a>,
     *     {@code multi_class='ovr'}
     */
    public static Metric rocAuc() {
        return new RocAuc();
    }

    /**
     * The exponential of the mean cross entropy of logits (…, classes) with class numbers (…) as targets. Targets of −100 are ignored.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#perplexity">fastai, Perplexity</a>
     */
    public static Metric perplexity() {
        return new Perplexity();
    }

    // ---- regression

    /**
     * The mean squared error over all elements. Predictions and targets are flattened.
     *
     * @throws IllegalArgumentException from {@code accumulate}, if the numbers of predictions and targets differ
     * @see <a
     *     href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_error.html">sklearn.metrics.mean_squared_error</a>
     */
    public static Metric mse() {
        return new MeanError("mse", Tensor::square, mean -> mean);
    }

    /** The square root of the {@linkplain #mse() mean squared error}. */
    public static Metric rmse() {
        return new MeanError("rmse", Tensor::square, Math::sqrt);
    }

    /** The mean absolute error; otherwise as {@link #mse()}. */
    public static Metric mae() {
        return new MeanError("mae", Tensor::abs, mean -> mean);
    }

    /**
     * R², the coefficient of determination: 1 − Σ(y − pred)² / Σ(y − ȳ)² over all elements, flattened. If all targets are equal, it is 1 if
     * all predictions are correct, else 0. With fewer than two elements there is no value.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html">sklearn.metrics.r2_score</a>
     */
    public static Metric r2() {
        return new R2();
    }

    // ---- custom metrics

    /**
     * The average over samples of a function of prediction and target.
     *
     * @param name the name of the metric
     * @param of computes a tensor from the prediction and the first target; its mean is the value of the batch
     */
    public static Metric average(String name, BinaryOperator<Tensor> of) {
        return new AverageMetric(name, of, new Average());
    }

    /**
     * A function of all predictions and targets of a phase, for metrics that are not averages over samples. Keeps all of them on their
     * device.
     *
     * @param name the name of the metric
     * @param of computes the value from the concatenated predictions and first targets of all batches
     */
    public static Metric accumulated(String name, ToDoubleBiFunction<Tensor, Tensor> of) {
        return new AccumulatedMetric(name, of, new Rows(), new Rows());
    }

    /**
     * A value from elsewhere.
     *
     * @param name the name of the metric
     * @param value is called at the end of each phase
     */
    public static Metric value(String name, DoubleSupplier value) {
        return new ValueMetric(name, value);
    }
}
