package dev.rondo.examples.conformance;

import dev.rondo.metric.Averaging;
import dev.rondo.metric.KappaWeights;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
import dev.rondo.metric.MultiLabelMetrics;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/** Metrics over batches of a given size and a rest. */
final class MetricCases {
    private MetricCases() {}

    static List<Double> values(Fields description) {
        Tensor pred = Tensors.of(description, "pred"), target = Tensors.of(description, "target");
        long samples = pred.size(0), batch = description.integer("batch", 1);
        try (Metric metric = metric(description)) {
            for (long from = 0; from < samples; from += batch) {
                long size = Math.min(batch, samples - from);
                metric.accumulate(pred.narrow(0, from, size), List.of(target.narrow(0, from, size)));
            }
            return List.of(metric.value().orElse(Double.NaN));
        }
    }

    private static Metric metric(Fields description) {
        return switch (description.text("name")) {
            case "accuracy" -> Metrics.accuracy();
            case "balancedAccuracy" -> Metrics.balancedAccuracy();
            case "cohenKappa" -> Metrics.cohenKappa(weights(description));
            case "matthews" -> Metrics.matthews();
            case "hamming" -> Metrics.hamming();
            case "brier" -> Metrics.brier();
            case "calibrationError" -> Metrics.calibrationError(description.integer("bins", 15));
            case "averagePrecision" -> Metrics.averagePrecision();
            case "fBeta" -> Metrics.fBeta(description.number("beta", 1), averaging(description));
            case "jaccard" -> Metrics.jaccard(averaging(description));
            case "errorRate" -> Metrics.errorRate();
            case "topK" -> Metrics.topK(description.integer("k", 5));
            case "precision" -> Metrics.precision(averaging(description));
            case "recall" -> Metrics.recall(averaging(description));
            case "f1" -> Metrics.f1(averaging(description));
            case "rocAuc" -> Metrics.rocAuc();
            case "perplexity" -> Metrics.perplexity();
            case "mse" -> Metrics.mse();
            case "rmse" -> Metrics.rmse();
            case "mae" -> Metrics.mae();
            case "r2" -> Metrics.r2();
            case "msle" -> Metrics.msle();
            case "mape" -> Metrics.mape();
            case "maxError" -> Metrics.maxError();
            case "explainedVariance" -> Metrics.explainedVariance();
            case "pearson" -> Metrics.pearson();
            case "spearman" -> Metrics.spearman();
            case "corpusBleu" -> Metrics.corpusBleu();
            case "foregroundAccuracy" -> Metrics.areas().foregroundAccuracy(description.integer("background", 0));
            case "diceMulti" -> Metrics.areas().dice();
            case "jaccardCoefficient" -> Metrics.areas().jaccard();
            default -> ofLabels(description);
        };
    }

    private static Metric ofLabels(Fields description) {
        MultiLabelMetrics labels = Metrics.multiLabel(description.number("threshold", .5));
        return switch (description.text("name")) {
            case "accuracyMulti" -> labels.accuracy();
            case "hammingMulti" -> labels.hamming();
            case "precisionMulti" -> labels.precision(averaging(description));
            case "recallMulti" -> labels.recall(averaging(description));
            case "f1Multi" -> labels.f1(averaging(description));
            case "fBetaMulti" -> labels.fBeta(description.number("beta", 1), averaging(description));
            case "jaccardMulti" -> labels.jaccard(averaging(description));
            case "rocAucMulti" -> labels.rocAuc(averaging(description));
            case "averagePrecisionMulti" -> labels.averagePrecision(averaging(description));
            default -> throw ValueCases.unknown("metric", description.text("name"));
        };
    }

    private static KappaWeights weights(Fields description) {
        return description.has("weights")
                ? KappaWeights.valueOf(description.text("weights").toUpperCase(Locale.ROOT))
                : KappaWeights.NONE;
    }

    private static Averaging averaging(Fields description) {
        return Averaging.valueOf(description.text("average").toUpperCase(Locale.ROOT));
    }
}
