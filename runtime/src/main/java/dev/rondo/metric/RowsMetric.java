package dev.rondo.metric;

/** Base of the metrics that keep rows of the predictions and the targets of all batches of a phase. */
abstract class RowsMetric implements Metric {
    final Rows preds = new Rows();
    final Rows targets = new Rows();

    @Override
    public void reset() {
        preds.reset();
        targets.reset();
    }

    @Override
    public final void close() {
        reset();
    }

    @Override
    public final String toString() {
        return MetricText.of(this);
    }
}
