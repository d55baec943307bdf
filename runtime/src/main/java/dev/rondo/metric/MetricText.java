package dev.rondo.metric;

/** The texts of metrics. */
final class MetricText {
    private MetricText() {}

    /** The name and, if it is known, which values are better. Does not wait for the device. */
    static String of(Metric metric) {
        String better = metric.direction()
                .map(d -> d == Direction.SMALLER_IS_BETTER ? " (smaller is better)" : " (larger is better)")
                .orElse("");
        return "Metric " + metric.name() + better;
    }
}
