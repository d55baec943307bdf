package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A function of the confusion matrix of a phase, of which larger values are better. */
final class MatrixMetric implements Metric {
    /** Reads decisions from predictions and targets. */
    @FunctionalInterface
    interface Reader {
        Decisions of(String metric, Tensor pred, Tensor y);
    }

    private final String name;
    private final boolean ofTwoClasses;
    private final Reader reader;
    private final Function<ConfusionMatrix, OptionalDouble> value;
    private final ConfusionCounts counts = new ConfusionCounts();

    private MatrixMetric(
            String name, boolean ofTwoClasses, Reader reader, Function<ConfusionMatrix, OptionalDouble> value) {
        this.name = name;
        this.ofTwoClasses = ofTwoClasses;
        this.reader = reader;
        this.value = value;
    }

    /** @param value computes the value from a matrix with samples; empty if it is undefined */
    MatrixMetric(String name, Reader reader, Function<ConfusionMatrix, OptionalDouble> value) {
        this(name, false, reader, value);
    }

    /** An average of a ratio over classes. */
    static Metric of(Ratio ratio, Averaging averaging) {
        String name = ratio.label() + Argument.given("averaging", averaging).suffix;
        if (averaging == Averaging.SAMPLES) {
            throw new IllegalArgumentException(ratio.label()
                    + " of classes has no Averaging.SAMPLES, which is for several labels: Metrics.multiLabel(). Choose Averaging.BINARY,"
                    + " MACRO, MICRO or WEIGHTED.");
        }
        return new MatrixMetric(
                name,
                averaging == Averaging.BINARY,
                Decisions::of,
                matrix -> OptionalDouble.of(average(ratio, matrix, averaging)));
    }

    static double average(Ratio ratio, ConfusionMatrix matrix, Averaging averaging) {
        return ratio.average(
                matrix.each(matrix::hits),
                matrix.each(matrix::predicted),
                matrix.each(matrix::actual),
                averaging,
                true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public void reset() {
        counts.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        if (y.numel() == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Decisions d = reader.of(name, pred, y);
            check(d.classes());
            counts.add(name, d);
        }
    }

    private void check(int classes) {
        if (!ofTwoClasses || classes == 2) return;
        throw new IllegalArgumentException(name + " is for two classes, but there are " + classes
                + " classes. Choose Averaging.MACRO, MICRO or WEIGHTED.");
    }

    @Override
    public OptionalDouble value() {
        ConfusionMatrix matrix = counts.read(name);
        return matrix.samples() == 0 ? OptionalDouble.empty() : value.apply(matrix);
    }

    @Override
    public Optional<Map<String, Tensor>> state() {
        return Optional.of(counts.state());
    }

    @Override
    public void load(Map<String, Tensor> state) {
        SavedState saved = new SavedState(name, state, List.of(ConfusionCounts.COUNTS));
        if (!saved.isEmpty()) check(ConfusionCounts.classesOf(saved));
        counts.load(saved);
    }

    @Override
    public void close() {
        counts.close();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
