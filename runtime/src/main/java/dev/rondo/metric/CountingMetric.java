package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Precision, recall or F1: a ratio of counts of a confusion matrix. */
final class CountingMetric implements Metric {
    /** A ratio for one class. */
    enum Ratio {
        PRECISION("precision") {
            @Override
            double of(double hits, double predicted, double actual) {
                return ratio(hits, predicted);
            }
        },
        RECALL("recall") {
            @Override
            double of(double hits, double predicted, double actual) {
                return ratio(hits, actual);
            }
        },
        F1("f1") {
            @Override
            double of(double hits, double predicted, double actual) {
                return ratio(2 * hits, predicted + actual);
            }
        };

        private final String label;

        Ratio(String label) {
            this.label = label;
        }

        /**
         * @param hits number of correct predictions of the class
         * @param predicted number of predictions of the class
         * @param actual number of targets of the class
         */
        abstract double of(double hits, double predicted, double actual);

        /** 0 if the denominator is 0, scikit-learn's {@code zero_division=0}. */
        private static double ratio(double part, double whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }

    private final Ratio ratio;
    private final Averaging averaging;
    private final ConfusionMatrix matrix = new ConfusionMatrix();

    CountingMetric(Ratio ratio, Averaging averaging) {
        this.ratio = ratio;
        this.averaging = Argument.given("averaging", averaging);
    }

    @Override
    public String name() {
        return ratio.label + averaging.suffix;
    }

    @Override
    public Optional<Direction> direction() {
        return Optional.of(Direction.LARGER_IS_BETTER);
    }

    @Override
    public void reset() {
        matrix.reset();
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name(), pred, yb);
        if (y.numel() == 0) return;
        try (PointerScope temporary = new PointerScope()) {
            Decisions d = Decisions.of(name(), pred, y);
            if (averaging == Averaging.BINARY && d.classes() != 2) {
                throw new IllegalArgumentException(name() + " is for two classes, but there are " + d.classes()
                        + " classes. Choose Averaging.MACRO, MICRO or WEIGHTED.");
            }
            matrix.add(name(), d);
        }
    }

    @Override
    public OptionalDouble value() {
        double[][] counts = matrix.read(name());
        double[] hits = new double[counts.length],
                predicted = new double[counts.length],
                actual = new double[counts.length];
        double samples = 0, allHits = 0;
        for (int i = 0; i < counts.length; i++) {
            hits[i] = counts[i][i];
            allHits += hits[i];
            for (int j = 0; j < counts.length; j++) {
                actual[i] += counts[i][j];
                predicted[j] += counts[i][j];
                samples += counts[i][j];
            }
        }
        if (samples == 0) return OptionalDouble.empty();
        if (averaging == Averaging.BINARY) return OptionalDouble.of(ratio.of(hits[1], predicted[1], actual[1]));
        if (averaging == Averaging.MICRO) return OptionalDouble.of(ratio.of(allHits, samples, samples));
        double sum = 0, weights = 0;
        for (int i = 0; i < counts.length; i++) {
            double occurs = actual[i] + predicted[i] > 0 ? 1 : 0;
            double weight = averaging == Averaging.MACRO ? occurs : actual[i];
            sum += weight * ratio.of(hits[i], predicted[i], actual[i]);
            weights += weight;
        }
        return OptionalDouble.of(sum / weights);
    }

    @Override
    public void close() {
        matrix.close();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
