package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The average over samples of a function of the prediction and the first target. */
record AverageMetric(String name, BinaryOperator<Tensor> of, Average average) implements Metric {
    AverageMetric {
        Argument.name("A metric", name);
        Argument.given("of", of);
    }

    @Override
    public void reset() {
        average.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        long samples = y.dim() == 0 ? 1 : y.size(0);
        if (samples == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Tensor mean = of.apply(pred, y);
            if (mean == null)
                throw new IllegalStateException("The function of the metric '" + name + "' returned null.");
            average.add(mean, samples);
        }
    }

    @Override
    public OptionalDouble value() {
        return average.value();
    }

    @Override
    public Optional<Map<String, Tensor>> state() {
        return Optional.of(average.state());
    }

    @Override
    public void load(Map<String, Tensor> state) {
        average.load(name, state);
    }

    @Override
    public void close() {
        average.close();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
