package dev.rondo.metric;

import dev.rondo.torch.Handles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The metrics that come with Rondo. */
public final class Metrics {
    private Metrics() {}

    /**
     * The share of samples whose largest logit is that of their class: {@code pred} (N, classes), target (N) of class numbers. Of more
     * dimensions the last of {@code pred} is that of the classes, and target and predicted classes are flattened.
     *
     * @throws IllegalArgumentException when a batch comes whose targets are more or fewer than its predictions
     * @see <a href="https://docs.fast.ai/metrics.html#accuracy">fastai, accuracy</a>
     */
    public static Metric accuracy() {
        return average("accuracy", (pred, y) -> {
                    Tensor classes = pred.argmax(new LongOptional(pred.dim() - 1), false);
                    if (classes.numel() != y.numel()) {
                        throw new IllegalArgumentException(
                                "accuracy takes a class number for each prediction, but there are "
                                        + Arrays.toString(classes.shape()) + " predictions and "
                                        + Arrays.toString(y.shape())
                                        + " class numbers.");
                    }
                    return classes.flatten()
                            .eq(y.flatten())
                            .to(ScalarType.Double); // so that 2 of 3 and 1 of 1 are 3 of 4
                })
                .with(Direction.LARGER_IS_BETTER);
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

    /**
     * A function of all predictions and targets of a phase at once, for what is no average over samples: R², for example. It keeps them
     * all, on their device.
     *
     * @param name the column's name
     * @param of from the predictions and the first targets of all batches, concatenated, to the value
     */
    public static Metric accumulated(String name, ToDoubleBiFunction<Tensor, Tensor> of) {
        return new AccumulatedMetric(name, of, new ArrayList<>(), new ArrayList<>());
    }

    /** A value that comes from elsewhere. */
    public static Metric value(String name, DoubleSupplier value) {
        return new ValueMetric(name, value);
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

        @Override
        public void close() {
            average.close();
        }
    }

    private record AccumulatedMetric(
            String name, ToDoubleBiFunction<Tensor, Tensor> of, List<Tensor> preds, List<Tensor> targets)
            implements Metric {
        @Override
        public void reset() {
            for (List<Tensor> kept : List.of(preds, targets)) {
                kept.forEach(Tensor::close);
                kept.clear();
            }
        }

        @Override
        public void accumulate(Tensor pred, List<Tensor> yb) {
            try (PointerScope temporary = new PointerScope()) {
                preds.add(Handles.keep(Handles.copy(pred)));
                targets.add(Handles.keep(Handles.copy(yb.get(0))));
            }
        }

        @Override
        public OptionalDouble value() {
            if (preds.isEmpty()) return OptionalDouble.empty();
            try (PointerScope temporary = new PointerScope()) {
                return OptionalDouble.of(of.applyAsDouble(cat(preds), cat(targets)));
            }
        }

        @Override
        public void close() {
            reset();
        }

        private static Tensor cat(List<Tensor> parts) {
            return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
        }
    }

    private record ValueMetric(String name, DoubleSupplier supplier) implements Metric {
        @Override
        public void reset() {}

        @Override
        public void accumulate(Tensor pred, List<Tensor> yb) {}

        @Override
        public OptionalDouble value() {
            return OptionalDouble.of(supplier.getAsDouble());
        }
    }
}
