package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The common behaviour of all built-in metrics. */
@ExtendWith(InScope.class)
class EveryMetricTest {
    private static final int SAMPLES = 50;

    /** A metric and its data, one row for each sample. */
    record Case(Metric metric, Tensor pred, Tensor y) {
        @Override
        public String toString() {
            return metric.name();
        }
    }

    static Stream<Case> all() {
        dev.rondo.torch.Torch.seed(7);
        Tensor classes = torch.randint(0, 4, new long[] {SAMPLES}, new TensorOptions(ScalarType.Long));
        Tensor logits = torch.randn(SAMPLES, 4).add(torch.one_hot(classes, 4));
        Tensor two = logits.narrow(1, 0, 2), yes = classes.eq(new Scalar(1L)).to(ScalarType.Long);
        Tensor floats = torch.randn(SAMPLES, 3), near = floats.add(torch.randn(SAMPLES, 3));
        return Stream.of(
                        Stream.of(
                                new Case(Metrics.accuracy(), logits, classes),
                                new Case(Metrics.errorRate(), logits, classes),
                                new Case(Metrics.topK(2), logits, classes),
                                new Case(Metrics.perplexity(), logits, classes),
                                new Case(Metrics.rocAuc(), logits, classes),
                                new Case(Metrics.rocAuc(), two, yes),
                                new Case(Metrics.rocAuc(), two.select(1, 1), yes),
                                new Case(Metrics.precision(), two, yes),
                                new Case(Metrics.recall(), two, yes),
                                new Case(Metrics.f1(), two, yes),
                                new Case(Metrics.mse(), near, floats),
                                new Case(Metrics.rmse(), near, floats),
                                new Case(Metrics.mae(), near, floats),
                                new Case(Metrics.r2(), near, floats),
                                new Case(
                                        Metrics.accumulated(
                                                "sum", (p, y) -> p.sub(y).sum().item_double()),
                                        near,
                                        floats)),
                        Stream.of(Averaging.MICRO, Averaging.MACRO, Averaging.WEIGHTED)
                                .flatMap(a -> Stream.of(
                                        new Case(Metrics.precision(a), logits, classes),
                                        new Case(Metrics.recall(a), logits, classes),
                                        new Case(Metrics.f1(a), logits, classes))))
                .flatMap(cases -> cases);
    }

    private static OptionalDouble of(Case c, int... sizes) {
        c.metric.reset();
        int from = 0;
        for (int size : sizes) {
            try (PointerScope batch = new PointerScope()) {
                c.metric.accumulate(c.pred.narrow(0, from, size), List.of(c.y.narrow(0, from, size)));
            }
            from += size;
        }
        return c.metric.value();
    }

    @Test
    void theValueDoesNotDependOnTheBatchSize() {
        all().forEach(c -> {
            double whole = of(c, SAMPLES).getAsDouble();
            for (int[] sizes : new int[][] {{25, 25}, {1, 2, 3, 4, 40}, {49, 1}, {10, 10, 10, 10, 10}, {1, 0, 1, 48}}) {
                assertEquals(whole, of(c, sizes).getAsDouble(), 1e-6, c::toString);
            }
            c.metric.close();
        });
    }

    @Test
    void theValueDoesNotDependOnTheOrderOfTheSamples() {
        all().forEach(c -> {
            Tensor shuffled = torch.randperm(SAMPLES);
            Case other = new Case(c.metric, c.pred.index_select(0, shuffled), c.y.index_select(0, shuffled));
            assertEquals(of(c, SAMPLES).getAsDouble(), of(other, 20, 30).getAsDouble(), 1e-6, c::toString);
            c.metric.close();
        });
    }

    @Test
    void resetForgets() {
        all().forEach(c -> {
            assertEquals(OptionalDouble.empty(), c.metric.value());
            OptionalDouble once = of(c, 30);
            assertNotEquals(once, of(c, SAMPLES), c::toString);
            assertEquals(once, of(c, 30), c::toString);
            c.metric.reset();
            assertEquals(OptionalDouble.empty(), c.metric.value(), c::toString);
            c.metric.close();
            c.metric.close(); // closing again does nothing
            assertEquals(once, of(c, 30), c::toString); // it is usable after close
            c.metric.close();
        });
    }

    /** Constant from the second batch on, and none after close. */
    @Test
    void holdsAConstantNumberOfHandles() throws InterruptedException {
        List<Case> cases = all().toList();
        for (Case c : cases) {
            of(c, 25, 25);
            c.metric.close();
        }
        long closed = Tensors.handles();
        for (Case c : cases) {
            of(c, 5, 5);
            long open = Pointer.totalCount();
            c.metric.reset();
            for (int i = 0; i < 100; i++) {
                try (PointerScope batch = new PointerScope()) {
                    c.metric.accumulate(c.pred, List.of(c.y));
                    if (i % 10 == 0) c.metric.value();
                }
            }
            assertEquals(open, Pointer.totalCount(), c::toString);
            c.metric.close();
            assertEquals(closed, Pointer.totalCount(), c::toString);
        }
    }

    /** Predictions in half precision; targets of other integer types. */
    @Test
    void takesHalfPrecisionAndIntegerTypes() {
        all().forEach(c -> {
            double expected = of(c, SAMPLES).getAsDouble();
            boolean classes = c.y.scalar_type().intern() == ScalarType.Long;
            Case other = new Case(c.metric, c.pred.to(ScalarType.BFloat16), classes ? c.y.to(ScalarType.Byte) : c.y);
            assertEquals(expected, of(other, SAMPLES).getAsDouble(), .05, c::toString);
            c.metric.close();
        });
    }

    @Test
    void leavesNoGraph() {
        all().forEach(c -> {
            Case recording =
                    new Case(c.metric, c.pred.detach().to(ScalarType.Double).set_requires_grad(true), c.y);
            double value = of(recording, SAMPLES).getAsDouble();
            try (NoGrad off = NoGrad.enter()) {
                assertEquals(of(recording, SAMPLES).getAsDouble(), value, c::toString);
            }
            c.metric.close();
        });
    }

    @Test
    void namesAndDirections() {
        List<String> smaller = List.of("error_rate", "perplexity", "mse", "rmse", "mae");
        all().filter(c -> !c.metric.name().equals("sum")).forEach(c -> {
            Direction expected =
                    smaller.contains(c.metric.name()) ? Direction.SMALLER_IS_BETTER : Direction.LARGER_IS_BETTER;
            assertEquals(Optional.of(expected), c.metric.direction(), c::toString);
        });
        assertEquals(
                List.of(
                        "accuracy",
                        "error_rate",
                        "top_2",
                        "perplexity",
                        "roc_auc",
                        "precision",
                        "recall",
                        "f1",
                        "mse",
                        "rmse",
                        "mae",
                        "r2",
                        "sum",
                        "precision_micro",
                        "recall_micro",
                        "f1_micro",
                        "precision_macro",
                        "recall_macro",
                        "f1_macro",
                        "precision_weighted",
                        "recall_weighted",
                        "f1_weighted"),
                all().map(Case::toString).distinct().toList());
    }
}
