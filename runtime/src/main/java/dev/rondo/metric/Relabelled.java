package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A metric with another name or direction. */
record Relabelled(Metric metric, String name, Optional<Direction> direction) implements Metric {
    Relabelled {
        Argument.name("A metric", name);
    }

    @Override
    public void reset() {
        metric.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        metric.accumulate(pred, yb);
    }

    @Override
    public OptionalDouble value() {
        return metric.value();
    }

    @Override
    public Optional<Map<String, Tensor>> state() {
        return metric.state();
    }

    @Override
    public void load(Map<String, Tensor> state) {
        metric.load(state);
    }

    @Override
    public void close() {
        metric.close();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
