package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

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
        return Fractions.right("accuracy");
    }

    /**
     * 1 − {@linkplain #accuracy() accuracy}.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#error_rate">fastai, error_rate</a>
     */
    public static Metric errorRate() {
        return Fractions.wrong("error_rate");
    }

    /**
     * The fraction of samples whose class is among the k largest logits, named {@code top_<k>}. Shapes are as for {@link #accuracy()},
     * without single logits.
     *
     * @param k at least 1, and at most the number of classes
     * @see <a href="https://docs.fast.ai/metrics.html#top_k_accuracy">fastai, top_k_accuracy</a>
     */
    public static Metric topK(int k) {
        return Fractions.topK(k);
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
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_score.html">scikit-learn</a>
     */
    public static Metric precision(Averaging averaging) {
        return MatrixMetric.of(Ratio.PRECISION, averaging);
    }

    /** {@linkplain #recall(Averaging) Recall} of class 1 of two classes. */
    public static Metric recall() {
        return recall(Averaging.BINARY);
    }

    /**
     * Recall: the number of correct predictions of a class divided by the number of its targets; 0 if there are none. Shapes and errors are
     * as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.recall_score.html">scikit-learn</a>
     */
    public static Metric recall(Averaging averaging) {
        return MatrixMetric.of(Ratio.RECALL, averaging);
    }

    /** {@linkplain #f1(Averaging) F1} of class 1 of two classes. */
    public static Metric f1() {
        return f1(Averaging.BINARY);
    }

    /**
     * F1: the harmonic mean of precision and recall, 2·hits/(predicted + actual); 0 if the class has neither predictions nor targets.
     * Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html">scikit-learn</a>
     */
    public static Metric f1(Averaging averaging) {
        return MatrixMetric.of(Ratio.F1, averaging);
    }

    /** {@linkplain #fBeta(double, Averaging) F-beta} of class 1 of two classes. */
    public static Metric fBeta(double beta) {
        return fBeta(beta, Averaging.BINARY);
    }

    /**
     * F-beta, named {@code fbeta}: the weighted harmonic mean of precision and recall. Shapes and errors are as for {@link
     * #precision(Averaging)}.
     *
     * @param beta the weight of recall, 0 or more; 1 is F1
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.fbeta_score.html">scikit-learn</a>
     */
    public static Metric fBeta(double beta, Averaging averaging) {
        return MatrixMetric.of(Ratio.fBeta(beta), averaging);
    }

    /** {@linkplain #jaccard(Averaging) Jaccard index} of class 1 of two classes. */
    public static Metric jaccard() {
        return jaccard(Averaging.BINARY);
    }

    /**
     * The Jaccard index: the hits of a class divided by the samples that are of the class or predicted to be. Shapes and errors are as for
     * {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.jaccard_score.html">scikit-learn</a>
     */
    public static Metric jaccard(Averaging averaging) {
        return MatrixMetric.of(Ratio.JACCARD, averaging);
    }

    /**
     * The mean recall of the classes that have samples. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.balanced_accuracy_score.html">scikit-learn</a>
     */
    public static Metric balancedAccuracy() {
        return new MatrixMetric("balanced_accuracy", Decisions::of, Agreement::balancedAccuracy);
    }

    /** {@linkplain #cohenKappa(KappaWeights) Cohen's kappa} in which all wrong decisions count the same. */
    public static Metric cohenKappa() {
        return cohenKappa(KappaWeights.NONE);
    }

    /**
     * Cohen's kappa: how far decisions and targets agree beyond chance, at most 1, and 0 by chance; no value if chance alone would agree
     * always. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @param weights how much a wrong decision counts. As in scikit-learn, distances count the classes that occur.
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.cohen_kappa_score.html">scikit-learn</a>
     */
    public static Metric cohenKappa(KappaWeights weights) {
        return new MatrixMetric(
                "cohen_kappa" + Argument.given("weights", weights).suffix,
                Decisions::of,
                matrix -> Agreement.kappa(matrix, weights));
    }

    /**
     * The correlation of decisions and targets, −1 to 1; 0 if one of them is always the same class. Shapes and errors are as for {@link
     * #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.matthews_corrcoef.html">scikit-learn</a>
     */
    public static Metric matthews() {
        return new MatrixMetric("matthews", Decisions::of, Agreement::matthews);
    }

    /**
     * The Hamming loss of classes: the fraction of wrong decisions, as {@link #errorRate()}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.hamming_loss.html">scikit-learn</a>
     */
    public static Metric hamming() {
        return Fractions.wrong("hamming");
    }

    /**
     * The area under the ROC curve: the fraction of pairs of a positive and a negative sample in which the positive one has the higher
     * score; ties count half. With more than two classes it is the mean over classes, each against the rest. Classes without samples or
     * without other samples are left out; if none remains, there is no value. NaN if a prediction is NaN. Keeps the scores of a phase on
     * the device. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html">scikit-learn</a>, {@code multi_class='ovr'}
     */
    public static Metric rocAuc() {
        return new ClassRanking("roc_auc", Ranking::area);
    }

    /**
     * Average precision, the area under the steps of precision over recall. With more than two classes it is the mean over classes, each
     * against the rest; 0 for a class without samples. Otherwise as {@link #rocAuc()}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html">scikit-learn</a>
     */
    public static Metric averagePrecision() {
        return new ClassRanking("average_precision", Ranking::averagePrecision);
    }

    /**
     * The Brier score: the mean squared error of the probability of class 1; with more than two classes the sum over classes, up to 2.
     * Probabilities are the softmax of logits, or the sigmoid of single ones. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.brier_score_loss.html">scikit-learn</a>
     */
    public static Metric brier() {
        return new Brier();
    }

    /** {@linkplain #calibrationError(int) Calibration error} with 15 bins. */
    public static Metric calibrationError() {
        return calibrationError(15);
    }

    /**
     * The expected calibration error: the difference of the mean probability of the predicted class and the accuracy, in bins of equal width
     * of that probability, weighted by their samples. Shapes and errors are as for {@link #precision(Averaging)}.
     *
     * @param bins the number of bins ]i/bins, (i + 1)/bins], at least 1
     * @see <a href="https://lightning.ai/docs/torchmetrics/stable/classification/calibration_error.html">torchmetrics, CalibrationError</a>
     */
    public static Metric calibrationError(int bins) {
        return new CalibrationError(bins);
    }

    /**
     * The exponential of the mean cross entropy of logits (…, classes) with class numbers (…) as targets. Targets of −100 are ignored.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#perplexity">fastai, Perplexity</a>
     */
    public static Metric perplexity() {
        return new Perplexity();
    }

    /**
     * BLEU of all sequences: the geometric mean of the fractions of predicted runs of one to four words that occur in the target, lowered if
     * the predictions are shorter. {@code pred} is logits (N, length, words), the target word numbers (N, length). If a sequence has no
     * such run, a half, a quarter, … counts. Without a sequence of four words there is no value. Keeps the words of a phase.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#corpusbleumetric">fastai, CorpusBLEUMetric</a>
     */
    public static Metric corpusBleu() {
        return new CorpusBleu();
    }

    // ---- several labels, areas

    /** Metrics of several labels for each sample, of which those with a probability above 0.5 are predicted. */
    public static MultiLabelMetrics multiLabel() {
        return multiLabel(.5);
    }

    /**
     * Metrics of several labels for each sample: {@code Metrics.multiLabel(.3).f1(Averaging.MACRO)}.
     *
     * @param threshold the probability, 0 to 1, above which a label is predicted
     */
    public static MultiLabelMetrics multiLabel(double threshold) {
        return new MultiLabelMetrics(threshold);
    }

    /** Metrics of areas (segmentation): {@code Metrics.areas().dice()}. */
    public static AreaMetrics areas() {
        return new AreaMetrics();
    }

    // ---- regression

    /**
     * The mean squared error over all elements. Predictions and targets are flattened.
     *
     * @throws IllegalArgumentException from {@code accumulate}, if the numbers of predictions and targets differ
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_error.html">scikit-learn</a>
     */
    public static Metric mse() {
        return new MeanError("mse", d -> d.tensor().square(), mean -> mean);
    }

    /** The square root of the {@linkplain #mse() mean squared error}. */
    public static Metric rmse() {
        return new MeanError("rmse", d -> d.tensor().square(), Math::sqrt);
    }

    /** The mean absolute error; otherwise as {@link #mse()}. */
    public static Metric mae() {
        return new MeanError("mae", d -> d.tensor().abs(), mean -> mean);
    }

    /**
     * R², the coefficient of determination: 1 − Σ(y − pred)² / Σ(y − ȳ)² over all elements, flattened. If all targets are equal, it is 1 if
     * all predictions are correct, else 0. With fewer than two elements there is no value.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html">scikit-learn</a>
     */
    public static Metric r2() {
        return new R2();
    }

    /**
     * The mean squared logarithmic error, of log(1 + x); otherwise as {@link #mse()}.
     *
     * @throws IllegalArgumentException from {@code value}, if predictions or targets were −1 or less
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_squared_log_error.html">scikit-learn</a>
     */
    public static Metric msle() {
        return new LogError();
    }

    /**
     * The mean absolute percentage error, as a fraction: |pred − y| / |y|. A target of 0 counts as 2.2e-16.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.mean_absolute_percentage_error.html">scikit-learn</a>
     */
    public static Metric mape() {
        return new MeanError(
                "mape", d -> d.tensor().abs().div_(d.y().abs().clamp_min_(new Scalar(Math.ulp(1.0)))), mean -> mean);
    }

    /**
     * The largest absolute error; otherwise as {@link #mse()}.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.max_error.html">scikit-learn</a>
     */
    public static Metric maxError() {
        return new MaxError();
    }

    /**
     * 1 − the variance of the error divided by that of the target. If all targets are equal, it is 1 if all errors are equal, else 0.
     *
     * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.explained_variance_score.html">scikit-learn</a>
     */
    public static Metric explainedVariance() {
        return Covariance.explained();
    }

    /**
     * Pearson's correlation of predictions and targets, flattened. If one of them is constant there is no value.
     *
     * @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.pearsonr.html">scipy.stats.pearsonr</a>
     */
    public static Metric pearson() {
        return Covariance.pearson();
    }

    /**
     * Spearman's correlation: that of the ranks, in which equal values share their mean rank. Keeps the values of a phase. If one of
     * predictions and targets is constant there is no value.
     *
     * @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.spearmanr.html">scipy.stats.spearmanr</a>
     */
    public static Metric spearman() {
        return new Spearman();
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
        return new AccumulatedMetric(name, of);
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
