package dev.rondo.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/** A metric whose user says what its values mean. */
record Directed(Metric metric, Direction better) implements Metric {
    @Override
    public String name() {
        return metric.name();
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(better);
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
    public void close() {
        metric.close();
    }
}
