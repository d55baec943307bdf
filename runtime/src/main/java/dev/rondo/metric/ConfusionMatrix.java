package dev.rondo.metric;

import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * How often each class was predicted for samples of each class. Two matrices are equal if their counts and names are.
 *
 * <pre>{@code
 * try (Predictions p = learner.getPreds(valid)) {
 *     System.out.println(ConfusionMatrix.of(p.preds().get(), p.targets().get()).withNames("cat", "dog"));
 * }
 * }</pre>
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html">sklearn.metrics.confusion_matrix</a>
 */
public final class ConfusionMatrix {
    private final long[][] counts;
    private final List<String> names;

    /** @param counts a row for each actual class, with a number for each predicted class; belongs to the new object */
    ConfusionMatrix(long[][] counts) {
        this(
                counts,
                IntStream.range(0, counts.length).mapToObj(Integer::toString).toList());
    }

    private ConfusionMatrix(long[][] counts, List<String> names) {
        this.counts = counts;
        this.names = names;
    }

    /**
     * Counts decisions. Waits for the device.
     *
     * @param preds logits or probabilities (…, classes), of which the largest decides; or (N) or (N, 1) logits, which predict class 1 if they
     *     are above 0
     * @param targets class numbers (…)
     * @throws IllegalArgumentException if shapes do not fit, or targets are out of range
     */
    @WaitsForDevice
    public static ConfusionMatrix of(Tensor preds, Tensor targets) {
        String name = "A confusion matrix";
        Decisions decisions = Decisions.of(name, Argument.given("preds", preds), Argument.given("targets", targets));
        try (ConfusionCounts counts = new ConfusionCounts()) {
            counts.add(name, decisions);
            return counts.read(name);
        }
    }

    /**
     * Returns this matrix with names of the classes, for texts.
     *
     * @throws IllegalArgumentException if there is not one name for each class
     */
    public ConfusionMatrix withNames(String... names) {
        List<String> given = Argument.all("names", names);
        if (given.size() != classes()) {
            throw new IllegalArgumentException(
                    "A confusion matrix of " + classes() + " classes has as many names, not " + given.size() + ".");
        }
        return new ConfusionMatrix(counts, given);
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** The number of samples of a class for which another class, or the same, was predicted. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** The number of correct predictions of a class. */
    public long hits(int c) {
        return counts[c][c];
    }

    /** The number of samples of a class. */
    public long actual(int c) {
        return Arrays.stream(counts[c]).sum();
    }

    /** The number of predictions of a class. */
    public long predicted(int c) {
        return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
    }

    /** The number of all samples. */
    public long samples() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** The number of all correct predictions. */
    public long hits() {
        return IntStream.range(0, classes()).mapToLong(this::hits).sum();
    }

    /**
     * A wrong decision and how often it was made.
     *
     * @param actual the name of the class
     * @param predicted the name of the class that was predicted
     */
    public record Confusion(String actual, String predicted, long count) {}

    /**
     * The wrong decisions that were made at least so many times, the most frequent first.
     *
     * @see <a href="https://docs.fast.ai/interpret.html">fastai, most_confused</a>
     */
    public List<Confusion> mostConfused(long atLeast) {
        List<Confusion> confusions = new ArrayList<>();
        for (int i = 0; i < classes(); i++) {
            for (int j = 0; j < classes(); j++) {
                if (i != j && counts[i][j] > 0 && counts[i][j] >= atLeast) {
                    confusions.add(new Confusion(names.get(i), names.get(j), counts[i][j]));
                }
            }
        }
        confusions.sort(Comparator.comparingLong(Confusion::count).reversed());
        return confusions;
    }

    /** Counts of the classes, one array for each kind of count. */
    double[] each(IntToLongFunction count) {
        return IntStream.range(0, classes())
                .mapToDouble(c -> count.applyAsLong(c))
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix m && names.equals(m.names) && Arrays.deepEquals(counts, m.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    /** A table with a row for each actual class and a column for each predicted class. */
    @Override
    public String toString() {
        List<List<String>> columns = new ArrayList<>();
        for (int c = 0; c < classes(); c++) {
            List<String> column = new ArrayList<>(List.of(names.get(c)));
            for (long[] row : counts) column.add(Long.toString(row[c]));
            int width = column.stream().mapToInt(String::length).max().orElse(0);
            column.replaceAll(cell -> " ".repeat(2 + width - cell.length()) + cell);
            columns.add(column);
        }
        List<String> rows = new ArrayList<>(List.of("actual \\ predicted"));
        rows.addAll(names);
        int width = rows.stream().mapToInt(String::length).max().orElse(0);
        rows.replaceAll(name -> name + " ".repeat(width - name.length()));
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i)
                        + columns.stream().map(column -> column.get(i)).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
