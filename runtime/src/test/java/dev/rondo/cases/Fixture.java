package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackHandle;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.UncaughtCancelException;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Model;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/**
 * The common setup of the cases: a linear model, two training batches and one validation batch of two samples, mean squared error, plain
 * SGD with a learning rate of 0.1, a tracer of order 0 after the other callbacks, and no output.
 */
@ExtendWith(InScope.class)
abstract class Fixture {
    final Tracer tracer = new Tracer();
    LinearModel line = new LinearModel();
    Learner learner;
    CallbackHandle traced;

    @AfterEach
    void close() {
        if (learner != null) learner.close();
        line.close();
    }

    /** The builder of the learner. */
    LearnerBuilder given() {
        return given(Numbers.batches(2), Numbers.batches(1));
    }

    /** The builder of the learner with other data. */
    LearnerBuilder given(DataLoader train, DataLoader valid) {
        return given(line, train, valid);
    }

    /** The builder of a learner with another model, which the test closes. */
    LearnerBuilder given(Model model, DataLoader train, DataLoader valid) {
        return Learner.builder(new DataLoaders(train, valid), model, Losses.mse())
                .lr(0.1)
                .optimizer(Optimizers.sgd())
                .progress(false);
    }

    /** Builds the learner and adds the tracer. */
    Learner build(LearnerBuilder given) {
        learner = given.build();
        traced = learner.add("T", tracer);
        return learner;
    }

    /** The learner with the tracer, then the given callbacks, named R, R2, R3, …. */
    Learner learner(Object... callbacks) {
        build(given());
        for (int i = 0; i < callbacks.length; i++) learner.add(i == 0 ? "R" : "R" + (i + 1), callbacks[i]);
        return learner;
    }

    static Metric mae() {
        return Metrics.mae();
    }

    /** Asserts the events that the tracer received since the last call. */
    void assertTrace(String expected) {
        assertEquals(Tracer.expand(expected), tracer.take());
    }

    /** Asserts that the cancel of callback R leaves the call. */
    static void assertEscapes(CancelException cancel, Event at, Executable call) {
        UncaughtCancelException e = assertThrows(UncaughtCancelException.class, call);
        assertEquals("R", e.callback());
        assertEquals(at.lowerCaseName(), e.event());
        assertEquals(cancel, e.cancel());
    }

    /** Asserts a and b. */
    void assertLine(double a, double b) {
        assertClose(line.values(), a, b);
    }

    /** Asserts numbers to five digits. */
    static void assertClose(double[] actual, double... expected) {
        boolean close = actual.length == expected.length;
        for (int i = 0; close && i < expected.length; i++) {
            close = Double.compare(actual[i], expected[i]) == 0
                    || Math.abs(actual[i] - expected[i]) <= Math.max(1e-5 * Math.abs(expected[i]), 1e-6);
        }
        if (!close) assertEquals(Arrays.toString(expected), Arrays.toString(actual));
    }

    static void assertClose(double actual, double expected) {
        assertClose(new double[] {actual}, expected);
    }

    /** Asserts the cells of a row: name, value, name, value, …. */
    static void assertCells(EpochRow row, Object... expected) {
        List<String> columns = List.copyOf(row.cells().keySet());
        double[] values =
                row.cells().values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] numbers = new double[expected.length / 2];
        String[] names = new String[expected.length / 2];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) expected[2 * i];
            numbers[i] = ((Number) expected[2 * i + 1]).doubleValue();
        }
        assertEquals(List.of(names), columns);
        assertClose(values, numbers);
    }

    /** The elements of a tensor. */
    static double[] values(Tensor tensor) {
        float[] values = Tensors.values(tensor);
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
