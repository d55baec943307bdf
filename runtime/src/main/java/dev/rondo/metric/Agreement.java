package dev.rondo.metric;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How far decisions agree with targets, in one number for all classes of a confusion matrix with samples. */
final class Agreement {
    private Agreement() {}

    /** The mean recall of the classes that have samples. */
    static OptionalDouble balancedAccuracy(ConfusionMatrix m) {
        return IntStream.range(0, m.classes())
                .filter(c -> m.actual(c) > 0)
                .mapToDouble(c -> (double) m.hits(c) / m.actual(c))
                .average();
    }

    /** 1 − the weight of the wrong decisions, divided by that which chance would have; empty if chance would make none. */
    static OptionalDouble kappa(ConfusionMatrix m, KappaWeights weights) {
        // As in scikit-learn, the distance of two classes counts only classes that occur.
        int[] occurring = IntStream.range(0, m.classes())
                .filter(c -> m.actual(c) + m.predicted(c) > 0)
                .toArray();
        double[] actual = m.each(m::actual), predicted = m.each(m::predicted);
        double wrong = 0, byChance = 0, n = m.samples();
        for (int i = 0; i < occurring.length; i++) {
            for (int j = 0; j < occurring.length; j++) {
                double weight = weights.of(i, j);
                wrong += weight * m.count(occurring[i], occurring[j]);
                byChance += weight * actual[occurring[i]] * predicted[occurring[j]] / n;
            }
        }
        return byChance == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - wrong / byChance);
    }

    /** The correlation of decisions and targets; 0 if one of them is always the same class. */
    static OptionalDouble matthews(ConfusionMatrix m) {
        double n = m.samples(), both = m.hits() * n, predicted = n * n, actual = n * n;
        for (int c = 0; c < m.classes(); c++) {
            both -= (double) m.actual(c) * m.predicted(c);
            predicted -= (double) m.predicted(c) * m.predicted(c);
            actual -= (double) m.actual(c) * m.actual(c);
        }
        return OptionalDouble.of(predicted * actual == 0 ? 0 : both / Math.sqrt(predicted * actual));
    }

    /** The accuracy over the samples of all classes but one; empty if there are none. */
    static OptionalDouble accuracyWithout(ConfusionMatrix m, int background) {
        boolean known = background < m.classes();
        long samples = m.samples() - (known ? m.actual(background) : 0);
        long hits = m.hits() - (known ? m.hits(background) : 0);
        return samples == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / samples);
    }
}
