package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
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

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
