package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A function of all predictions and first targets of a phase. */
record AccumulatedMetric(String name, ToDoubleBiFunction<Tensor, Tensor> of, Rows preds, Rows targets)
        implements Metric {
    AccumulatedMetric {
        Argument.name("A metric", name);
        Argument.given("of", of);
    }

    @Override
    public void reset() {
        preds.reset();
        targets.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        preds.add(pred);
        targets.add(y);
    }

    @Override
    public OptionalDouble value() {
        if (preds.isEmpty()) return OptionalDouble.empty();
        try (PointerScope temporary = new PointerScope()) {
            return OptionalDouble.of(of.applyAsDouble(preds.all(), targets.all()));
        }
    }

    @Override
    public void close() {
        reset();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
