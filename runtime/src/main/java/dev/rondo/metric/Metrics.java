package dev.rondo.metric;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The metrics that come with Rondo. */
public final class Metrics {
    private Metrics() {}

    /**
     * The share of samples whose largest logit is that of their class: {@code pred} (N, classes), target (N) of class numbers.
     *
     * @see <a href="https://docs.fast.ai/metrics.html#accuracy">fastai, accuracy</a>
     */
    public static Metric accuracy() {
        return average("accuracy", (pred, y) -> pred.argmax(new LongOptional(pred.dim() - 1), false)
                .eq(y)
                .to(ScalarType.Float));
    }

    /**
     * The average over samples of a function of prediction and target.
     *
     * @param name the column's name
     * @param of from prediction and first target to a tensor whose mean counts for the batch
     */
    public static Metric average(String name, BinaryOperator<Tensor> of) {
        return new AverageMetric(name, of, new Average());
    }

    private record AverageMetric(String name, BinaryOperator<Tensor> of, Average average) implements Metric {
        @Override
        public void reset() {
            average.reset();
        }

        @Override
        public void accumulate(Tensor pred, List<Tensor> yb) {
            try (PointerScope temporary = new PointerScope()) {
                average.add(of.apply(pred, yb.get(0)), yb.get(0).size(0));
            }
        }

        @Override
        public OptionalDouble value() {
            return average.value();
        }
    }
}
