package dev.rondo.metric;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The average over samples of a function of the prediction and the first target. */
record AverageMetric(String name, BinaryOperator<Tensor> of, Average average) implements Metric {
    @Override
    public void reset() {
        average.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        long samples = yb.get(0).size(0);
        if (samples == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            average.add(of.apply(pred, yb.get(0)), samples);
        }
    }

    @Override
    public OptionalDouble value() {
        return average.value();
    }

    @Override
    public void close() {
        average.close();
    }
}
