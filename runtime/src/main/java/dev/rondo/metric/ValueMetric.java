package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;

/** A value from elsewhere. */
record ValueMetric(String name, DoubleSupplier supplier) implements Metric {
    ValueMetric {
        Argument.name("A metric", name);
        Argument.given("value", supplier);
    }

    @Override
    public void reset() {}

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {}

    @Override
    public OptionalDouble value() {
        return OptionalDouble.of(supplier.getAsDouble());
    }

    /** There is nothing to save: the value is computed elsewhere. */
    @Override
    public Optional<Map<String, Tensor>> state() {
        return Optional.of(Map.of());
    }

    @Override
    public void load(Map<String, Tensor> state) {
        new SavedState(name, state, List.of());
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
