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
        Tensor labels = torch.randn(SAMPLES, 4).gt(new Scalar(0.0)).to(ScalarType.Long);
        Tensor pixels = classes.reshape(SAMPLES, 1), areas = logits.reshape(SAMPLES, 4, 1);
        Tensor words = torch.randint(0, 4, new long[] {SAMPLES, 6}, new TensorOptions(ScalarType.Long));
        Tensor sentences = torch.one_hot(words, 4).to(ScalarType.Float).add(torch.rand(SAMPLES, 6, 4));
        MultiLabelMetrics multi = Metrics.multiLabel(.4);
        Tensor floats = torch.randn(SAMPLES, 3), near = floats.add(torch.randn(SAMPLES, 3));
        Tensor above = floats.abs().add(new Scalar(1.0)), growing = torch.arange(new Scalar(SAMPLES));
        Tensor further = floats.add(growing.mul(new Scalar(.02)).unsqueeze(1));
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
                                new Case(Metrics.msle(), near.abs(), above),
                                new Case(Metrics.mape(), near, above),
                                new Case(Metrics.maxError(), further, floats),
                                new Case(Metrics.explainedVariance(), near, floats),
                                new Case(Metrics.pearson(), near, floats),
                                new Case(Metrics.spearman(), near, floats),
                                new Case(Metrics.balancedAccuracy(), logits, classes),
                                new Case(Metrics.matthews(), logits, classes),
                                new Case(Metrics.hamming(), logits, classes),
                                new Case(Metrics.brier(), logits, classes),
                                new Case(Metrics.brier(), two, yes),
                                new Case(Metrics.calibrationError(), logits, classes),
                                new Case(Metrics.averagePrecision(), logits, classes),
                                new Case(Metrics.averagePrecision(), two.select(1, 1), yes),
                                new Case(Metrics.fBeta(2), two, yes),
                                new Case(Metrics.jaccard(), two, yes),
                                new Case(Metrics.corpusBleu(), sentences, words.roll(new long[] {1}, new long[] {0})),
                                new Case(Metrics.areas().dice(), areas, pixels),
                                new Case(Metrics.areas().jaccard(), areas, pixels),
                                new Case(Metrics.areas().foregroundAccuracy(), areas, pixels),
                                new Case(multi.accuracy(), logits, labels),
                                new Case(multi.hamming(), logits, labels),
                                new Case(
                                        Metrics.accumulated("sum", (p, y) -> p.to(ScalarType.Double)
                                                .sub(y)
                                                .sum()
                                                .item_double()),
                                        near,
                                        floats)),
                        Stream.of(Averaging.MICRO, Averaging.MACRO, Averaging.WEIGHTED)
                                .flatMap(a -> Stream.of(
                                        new Case(Metrics.precision(a), logits, classes),
                                        new Case(Metrics.recall(a), logits, classes),
                                        new Case(Metrics.f1(a), logits, classes),
                                        new Case(Metrics.fBeta(.5, a), logits, classes),
                                        new Case(Metrics.jaccard(a), logits, classes))),
                        Stream.of(KappaWeights.values()).map(w -> new Case(Metrics.cohenKappa(w), logits, classes)),
                        Stream.of(Averaging.MICRO, Averaging.MACRO, Averaging.WEIGHTED, Averaging.SAMPLES)
                                .flatMap(a -> Stream.of(
                                        new Case(multi.precision(a), logits, labels),
                                        new Case(multi.recall(a), logits, labels),
                                        new Case(multi.f1(a), logits, labels),
                                        new Case(multi.fBeta(2, a), logits, labels),
                                        new Case(multi.jaccard(a), logits, labels),
                                        new Case(multi.rocAuc(a), logits, labels),
                                        new Case(multi.averagePrecision(a), logits, labels))))
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
        List<String> smaller = List.of(
                "error_rate",
                "hamming",
                "perplexity",
                "brier",
                "calibration_error",
                "mse",
                "rmse",
                "mae",
                "msle",
                "mape",
                "max_error");
        all().filter(c -> !c.metric.name().equals("sum")).forEach(c -> {
            Direction expected =
                    smaller.contains(c.metric.name()) ? Direction.SMALLER_IS_BETTER : Direction.LARGER_IS_BETTER;
            assertEquals(Optional.of(expected), c.metric.direction(), c::toString);
        });
        String names = """
                accuracy error_rate top_2 perplexity roc_auc precision recall f1 mse rmse mae r2 msle mape max_error
                explained_variance pearson spearman balanced_accuracy matthews hamming brier calibration_error
                average_precision fbeta jaccard corpus_bleu dice foreground_accuracy sum
                precision_micro recall_micro f1_micro fbeta_micro jaccard_micro
                precision_macro recall_macro f1_macro fbeta_macro jaccard_macro
                precision_weighted recall_weighted f1_weighted fbeta_weighted jaccard_weighted
                cohen_kappa cohen_kappa_linear cohen_kappa_quadratic
                roc_auc_micro average_precision_micro
                roc_auc_macro average_precision_macro
                roc_auc_weighted average_precision_weighted
                precision_samples recall_samples f1_samples fbeta_samples jaccard_samples roc_auc_samples
                average_precision_samples
                """;
        assertEquals(
                List.of(names.split("\\s+")),
                all().map(Case::toString).distinct().toList());
    }
}
