package dev.rondo.benchmarks;

import java.util.Arrays;

/** Statistics of a sample of measurements. */
public final class Stats {
    private final double[] sorted;

    private Stats(double[] sorted) {
        this.sorted = sorted;
    }

    /** @param values at least one */
    public static Stats of(double... values) {
        if (values.length == 0) throw new IllegalArgumentException("Nothing was measured.");
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Stats(sorted);
    }

    public int size() {
        return sorted.length;
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double median() {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    public double mean() {
        return Arrays.stream(sorted).sum() / sorted.length;
    }

    /** Returns the spread as text: the minimum and the maximum. */
    public String spread() {
        return Table.number(min()) + "–" + Table.number(max());
    }

    /** Returns the 10th percentile. */
    public double percentile10() {
        return sorted[sorted.length / 10];
    }
}
