package dev.rondo.benchmarks;

import java.util.Arrays;

/** What is said about a sample of measurements. */
final class Stats {
    private final double[] sorted;

    private Stats(double[] sorted) {
        this.sorted = sorted;
    }

    static Stats of(double... values) {
        if (values.length == 0) throw new IllegalArgumentException("Nothing was measured.");
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Stats(sorted);
    }

    int size() {
        return sorted.length;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double median() {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    double mean() {
        return Arrays.stream(sorted).sum() / sorted.length;
    }

    /** The value that a tenth of all lie below. */
    double lowTenth() {
        return sorted[sorted.length / 10];
    }
}
