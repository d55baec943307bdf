package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.File;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A metric that goes on from a saved state has, to the last bit, the value of one that nothing interrupted. */
@ExtendWith(InScope.class)
class SavedMetricsTest {
    private static final int[] BATCHES = {7, 1, 12, 9, 21};

    private static List<EveryMetricTest.Case> all() {
        Tensor pred = torch.arange(new org.bytedeco.pytorch.Scalar(50)).to(ScalarType.Float), y = pred.sin();
        return Stream.concat(
                        EveryMetricTest.all(),
                        Stream.of(
                                new EveryMetricTest.Case(Metrics.average("gap", Tensor::sub), pred, y),
                                new EveryMetricTest.Case(Metrics.mae().withName("other"), pred, y),
                                new EveryMetricTest.Case(Metrics.value("elsewhere", () -> 3), pred, y)))
                .toList();
    }

    private static void accumulate(EveryMetricTest.Case c, Metric metric, int from, int to) {
        int row = 0;
        for (int i = 0; i < to; row += BATCHES[i++]) {
            if (i < from) continue;
            try (PointerScope batch = new PointerScope()) {
                metric.accumulate(c.pred().narrow(0, row, BATCHES[i]), List.of(c.y().narrow(0, row, BATCHES[i])));
            }
        }
    }

    private static Map<String, Tensor> state(Metric metric) {
        return metric.state().orElseThrow(() -> new AssertionError(metric + " saves no state"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void anotherMetricGoesOn(int saved) throws InterruptedException {
        List<EveryMetricTest.Case> whole = all(), interrupted = all(), resumed = all();
        for (int i = 0; i < whole.size(); i++) {
            EveryMetricTest.Case c = whole.get(i);
            Metric before = interrupted.get(i).metric(), after = resumed.get(i).metric();
            accumulate(c, c.metric(), 0, 5);
            accumulate(c, before, 0, saved);
            accumulate(c, after, 2, 5); // is replaced
            Map<String, Tensor> state = state(before);
            after.load(state);
            state.values().forEach(Tensor::close);
            accumulate(c, before, saved, 5); // changes no copy
            accumulate(c, after, saved, 5);
            assertEquals(c.metric().value(), before.value(), c::toString);
            assertEquals(c.metric().value(), after.value(), c::toString);
            for (Metric metric : List.of(c.metric(), before, after)) metric.close();
        }
    }

    @Test
    void afterAResetThereIsNothingToSave_andLoadingItResets() {
        List<EveryMetricTest.Case> fresh = new java.util.ArrayList<>(all());
        for (EveryMetricTest.Case c : all()) {
            accumulate(c, c.metric(), 0, 3);
            Map<String, Tensor> nothing = state(fresh.remove(0).metric());
            assertEquals(Map.of(), nothing, c::toString);
            c.metric().load(nothing);
            assertEquals(Map.of(), state(c.metric()), c::toString);
            accumulate(c, c.metric(), 0, 3);
            c.metric().reset();
            assertEquals(Map.of(), state(c.metric()), c::toString);
        }
    }

    @Test
    void savingLeavesNoHandle() throws InterruptedException {
        for (EveryMetricTest.Case c : all()) {
            accumulate(c, c.metric(), 0, 3);
            state(c.metric()).values().forEach(Tensor::close);
            long before = Pointer.totalCount();
            Map<String, Tensor> state = state(c.metric());
            assertEquals(before + state.size(), Pointer.totalCount(), c::toString);
            c.metric().load(state);
            state.values().forEach(Tensor::close);
            assertTrue(Pointer.totalCount() <= before, c::toString);
        }
    }

    /** Names in files do not change. */
    @Test
    void theNamesOfTheTensors() {
        Map<Class<?>, Set<String>> names = new LinkedHashMap<>();
        for (EveryMetricTest.Case c : all()) {
            accumulate(c, c.metric(), 0, 1);
            names.computeIfAbsent(base(c.metric()), base -> new TreeSet<>())
                    .addAll(state(c.metric()).keySet());
        }
        assertEquals(Set.of("sum", "count"), names.get(AverageMetric.class));
        assertEquals(Set.of("sums", "classes", "origin", "first", "second"), names.get(SumMetric.class));
        assertEquals(Set.of("preds", "targets", "shapes"), names.get(RowsMetric.class));
        assertEquals(Set.of("counts"), names.get(MatrixMetric.class));
        assertEquals(Set.of(), names.get(ValueMetric.class));
        assertEquals(5, names.size());
    }

    private static Class<?> base(Metric metric) {
        if (metric instanceof Relabelled other) return base(other.metric());
        Class<?> type = metric.getClass();
        while (type.getSuperclass() != Object.class && type.getSuperclass() != Record.class)
            type = type.getSuperclass();
        return type;
    }

    /** No metric of the package is missing here. */
    @Test
    void allClassesAreTested() throws Exception {
        Set<Class<?>> tested = new HashSet<>(Set.of(Relabelled.class));
        for (EveryMetricTest.Case c : all()) {
            Metric metric = c.metric();
            while (metric instanceof Relabelled other) metric = other.metric();
            tested.add(metric.getClass());
        }
        File folder = new File(Metric.class.getResource("Metric.class").toURI()).getParentFile();
        for (String file : folder.list()) {
            Class<?> type = Class.forName("dev.rondo.metric." + file.replaceFirst("\\.class$", ""));
            boolean concrete = !java.lang.reflect.Modifier.isAbstract(type.getModifiers());
            if (concrete && Metric.class.isAssignableFrom(type)) assertTrue(tested.contains(type), type::toString);
        }
    }

    /** A tensor is missing, unknown, has another dimension or one row more. */
    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        for (EveryMetricTest.Case c : all()) {
            boolean any = c.metric().name().equals("sum"); // Metrics.accumulated takes rows of any shape
            accumulate(c, c.metric(), 0, 3);
            OptionalDouble value = c.metric().value();
            Map<String, Tensor> state = state(c.metric());
            refused(c.metric(), with(state, "else", Tensors.floats(1)));
            for (String name : state.keySet()) {
                Tensor tensor = state.get(name);
                refused(c.metric(), with(state, name, null));
                refused(c.metric(), with(state, name, new Tensor()));
                if (any) continue;
                refused(c.metric(), with(state, name, tensor.unsqueeze(0)));
                refused(
                        c.metric(),
                        with(state, name, tensor.to(ScalarType.BFloat16).unsqueeze(0)));
                if (tensor.dim() == 0) continue;
                Tensor more = torch.cat(new TensorVector(tensor, tensor.narrow(0, 0, 1)), 0);
                refused(c.metric(), with(state, name, more));
            }
            assertEquals(value, c.metric().value(), c::toString);
        }
    }

    private static Map<String, Tensor> with(Map<String, Tensor> state, String name, Tensor tensor) {
        Map<String, Tensor> changed = new TreeMap<>(state);
        if (tensor == null) changed.remove(name);
        else changed.put(name, tensor);
        if (changed.isEmpty()) changed.put("else", Tensors.floats(1));
        return changed;
    }

    private static String refused(Metric metric, Map<String, Tensor> state) {
        return assertThrows(
                        IllegalArgumentException.class, () -> metric.load(state), () -> metric + " " + state.keySet())
                .getMessage();
    }

    @Test
    void messages() {
        Metric mse = Metrics.mse();
        assertEquals(
                "The saved state of mse consists of 'classes', 'sums', not of 'sum'.",
                refused(mse, Map.of("sum", Tensors.floats(1))));
        assertEquals(
                "The saved 'sums' of mse is a tensor [2] float64, not [3] float32.",
                refused(mse, Map.of("sums", Tensors.floats(1, 2, 3), "classes", Tensors.longs(0))));
        assertEquals(
                "The saved 'classes' of mse is 0 to 2147483647, not -1.",
                refused(mse, Map.of("sums", Tensors.floats(1, 2), "classes", Tensors.longs(-1))));
        assertEquals(
                "The saved 'counts' of matthews is a vector of classes² + 1 numbers, not [4] float64.",
                refused(Metrics.matthews(), Map.of("counts", torch.zeros(4).to(ScalarType.Double))));
        assertEquals(
                "f1 is for two classes, but there are 3 classes. Choose Averaging.MACRO, MICRO or WEIGHTED.",
                refused(Metrics.f1(), Map.of("counts", torch.zeros(10).to(ScalarType.Double))));
        Tensor words = Tensors.longs(1, 2, 3, 4),
                shapes = Tensors.longs(Long.MAX_VALUE, 4, 4).reshape(1, 3);
        assertEquals(
                "The saved 'shapes' of corpus_bleu do not fit 'preds' and 'targets'.",
                refused(Metrics.corpusBleu(), Map.of("preds", words, "targets", words, "shapes", shapes)));
    }

    @Test
    void aMetricOfOnesOwnNeedNotSaveItsState() {
        Metric own = new Metric() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public void reset() {}

            @Override
            public void accumulate(Tensor pred, List<Tensor> yb) {}

            @Override
            public OptionalDouble value() {
                return OptionalDouble.empty();
            }
        };
        assertEquals(Optional.empty(), own.state());
        assertEquals(Optional.empty(), own.withName("other").state());
        assertEquals("The metric 'own' cannot load a state: its class has no method load.", refused(own, Map.of()));
    }

    /** As PyTorch's cat: a batch of another type changes the type of all rows, also if there is room for it. */
    @Test
    void rowsHaveTheCommonTypeOfAllBatches() {
        for (boolean saved : new boolean[] {false, true}) {
            Metric sum = Metrics.accumulated("sum", (p, y) -> p.sum().item_double());
            sum.accumulate(Tensors.count(4), List.of(Tensors.count(4)));
            sum.accumulate(Tensors.count(1), List.of(Tensors.count(1))); // makes room
            if (saved) sum.load(state(sum));
            sum.accumulate(Tensors.floats(1).to(ScalarType.Double).div(Tensors.floats(3)), List.of(Tensors.count(1)));
            assertEquals(6 + 1. / 3, sum.value().getAsDouble(), 1e-15);
        }
    }

    @Test
    void afterAResetThereMayBeAnotherNumberOfLabels() {
        Metric f1 = Metrics.multiLabel().f1(Averaging.MACRO);
        for (int labels : new int[] {3, 2}) {
            f1.reset();
            f1.accumulate(torch.ones(4, labels), List.of(torch.ones(4, labels)));
            assertEquals(OptionalDouble.of(1), f1.value());
        }
    }
}
