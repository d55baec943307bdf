package dev.rondo.metric;

import dev.rondo.metric.CountingMetric.Ratio;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The metrics that come with Rondo, under the names that scikit-learn's scorers have. Their value does not depend on how the data is cut
 * into batches; docs/metrics.md has a card for each. Where logits of classes are meant, the classes are the last dimension, and
 * predictions and targets are flattened.
 */
public final class Metrics {
    private Metrics() {}

    // ---- classification

    /**
     * The share of samples whose largest logit is that of their class: {@code pred} (N, classes), target (N) of class numbers. Of more
     * dimensions the last of {@code pred} is that of the classes, and target and predicted classes are flattened. Single logits, (N) or (N,
     * 1), are those of class 1 against class 0, which it is where they are above 0.
     *
     * @throws IllegalArgumentException when a batch comes whose targets are more or fewer than its predictions
     * @see <a href="https://docs.fast.ai/metrics.html#accuracy">fastai, accuracy</a>
     */
    public static Metric accuracy() {
        return decided("accuracy", d -> d.predicted().eq(d.actual())).withDirection(Direction.LARGER_IS_BETTER);
    }

    /**
     * 1 − {@linkplain #accuracy() accuracy}.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#error_rate">fastai, error_rate</a>
     */
    public static Metric errorRate() {
        return decided("error_rate", d -> d.predicted().ne(d.actual())).withDirection(Direction.SMALLER_IS_BETTER);
    }

    /** The share of decisions, of single logits too, for which something holds. */
    private static Metric decided(String name, Function<Decisions, Tensor> holds) {
        return share(
                name,
                (pred, y) -> holds.apply(
                        Decisions.single(pred) ? Decisions.of(name, pred, y) : Decisions.ofClasses(name, pred, y)));
    }

    private static Metric share(String name, BinaryOperator<Tensor> holds) {
        // as float64, so that 2 of 3 and 1 of 1 are 3 of 4
        return average(name, (pred, y) -> holds.apply(pred, y).to(ScalarType.Double));
    }

    /**
     * The share of samples whose class is among those of the k largest logits, named {@code top_<k>}. Shapes as for {@link #accuracy()}, but
     * for single logits.
     *
     * @param k at least 1, and at most the number of classes
     * @see <a href="https://docs.fast.ai/metrics.html#top_k_accuracy">fastai, top_k_accuracy</a>
     */
    public static Metric topK(int k) {
        if (k < 1) throw new IllegalArgumentException("The k of a top-k accuracy is 1 or more, not " + k + ".");
        String name = "top_" + k;
        return share(name, (pred, y) -> {
                    Decisions d = Decisions.ofClasses(name, pred, y);
                    if (k > d.classes()) {
                        throw new IllegalArgumentException(
                                name + " looks at " + k + " classes, but there are " + d.classes() + ".");
                    }
                    Tensor top = d.logits().topk(k, 1, true, false).get1();
                    return top.eq(d.actual().unsqueeze(1)).any(1);
                })
                .withDirection(Direction.LARGER_IS_BETTER);
    }

    /** {@linkplain #precision(Averaging) Precision} of class 1 of two. */
    public static Metric precision() {
        return precision(Averaging.BINARY);
    }

    /**
     * Of the samples taken for a class, the share that is of it; 0 where none is taken for it. Predictions are logits, (N, classes), or
     * (N) or (N, 1) for class 1 against class 0, which it is where they are above 0; targets (N) are class numbers.
     *
     * @throws IllegalArgumentException when a batch comes that does not fit; at the end of a phase, if targets were no class numbers
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_score.html">sklearn.metrics.precision_score</a>
     */
    public static Metric precision(Averaging averaging) {
        return new CountingMetric(Ratio.PRECISION, averaging);
    }

    /** {@linkplain #recall(Averaging) Recall} of class 1 of two. */
    public static Metric recall() {
        return recall(Averaging.BINARY);
    }

    /**
     * Of the samples of a class, the share that is taken for it; 0 where there are none. Shapes and errors as for {@link
     * #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.recall_score.html">sklearn.metrics.recall_score</a>
     */
    public static Metric recall(Averaging averaging) {
        return new CountingMetric(Ratio.RECALL, averaging);
    }

    /** {@linkplain #f1(Averaging) F1} of class 1 of two. */
    public static Metric f1() {
        return f1(Averaging.BINARY);
    }

    /**
     * The harmonic mean of a class's precision and recall, 2·hits/(taken for it + of it); 0 where there are none of either. Shapes and
     * errors as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html">sklearn.metrics.f1_score</a>
     */
    public static Metric f1(Averaging averaging) {
        return new CountingMetric(Ratio.F1, averaging);
    }

    /**
     * The area under the ROC curve: the share of pairs of a positive and a negative sample in which the positive one has the higher
     * score, ties counting half. Of more than two classes, the mean over the classes of each against the rest; classes of which there are
     * no samples, or no others, are left out, and where that leaves none there is no value. Keeps the scores of a phase on the device. NaN
     * if a prediction is. Shapes and errors as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html">sklearn.metrics.roc_auc_score</a>,
     *     {@code multi_class='ovr'}
     */
    public static Metric rocAuc() {
        return new RocAuc();
    }

    /**
     * The exponential of the mean cross entropy of logits (…, classes) against class numbers (…). Each target counts the same; those of
     * −100 do not.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#perplexity">fastai, Perplexity</a>
     */
    public static Metric perplexity() {
        return new Perplexity();
    }

    // ---- regression

    /**
     * The mean squared error over all elements of predictions and targets, which are flattened.
     *
     * @throws IllegalArgumentException when a batch comes with more of one than of the other
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_error.html">sklearn.metrics.mean_squared_error</a>
     */
    public static Metric mse() {
        return new MeanError("mse", Tensor::square, mean -> mean);
    }

    /** The root of the {@linkplain #mse() mean squared error}. */
    public static Metric rmse() {
        return new MeanError("rmse", Tensor::square, Math::sqrt);
    }

    /** The mean absolute error; as {@link #mse()} otherwise. */
    public static Metric mae() {
        return new MeanError("mae", Tensor::abs, mean -> mean);
    }

    /**
     * R², the coefficient of determination: 1 − Σ(y − pred)² / Σ(y − ȳ)², over all elements, flattened. Where all targets are equal, 1 if
     * all predictions are right and 0 otherwise; with fewer than two there is no value.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html">sklearn.metrics.r2_score</a>
     */
    public static Metric r2() {
        return new R2();
    }

    // ---- of one's own

    /**
     * The average over samples of a function of prediction and target.
     *
     * @param name the column's name
     * @param of from prediction and first target to a tensor whose mean counts for the batch
     */
    public static Metric average(String name, BinaryOperator<Tensor> of) {
        return new AverageMetric(name, of, new Average());
    }

    /**
     * A function of all predictions and targets of a phase at once, for what is no average over samples. It keeps them all, on their
     * device.
     *
     * @param name the column's name
     * @param of from the predictions and the first targets of all batches, concatenated, to the value
     */
    public static Metric accumulated(String name, ToDoubleBiFunction<Tensor, Tensor> of) {
        return new AccumulatedMetric(name, of, new Rows(), new Rows());
    }

    /** A value that comes from elsewhere. */
    public static Metric value(String name, DoubleSupplier value) {
        return new ValueMetric(name, value);
    }
}
