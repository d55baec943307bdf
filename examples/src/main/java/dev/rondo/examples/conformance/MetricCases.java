package dev.rondo.examples.conformance;

import dev.rondo.metric.Averaging;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
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
            default -> throw ValueCases.unknown("metric", description.text("name"));
        };
    }

    private static Averaging averaging(Fields description) {
        return Averaging.valueOf(description.text("average").toUpperCase(Locale.ROOT));
    }
}
