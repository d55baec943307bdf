package dev.rondo.metric;

/** How much a wrong decision counts in {@linkplain Metrics#cohenKappa(KappaWeights) Cohen's kappa}. */
public enum KappaWeights {
    /** All wrong decisions count the same. */
    NONE(""),
    /** By the distance of the predicted class from the actual one. */
    LINEAR("_linear"),
    /** By the square of the distance. */
    QUADRATIC("_quadratic");

    /** The suffix of the metric's name. */
    final String suffix;

    KappaWeights(String suffix) {
        this.suffix = suffix;
    }

    double of(int actual, int predicted) {
        double distance = Math.abs(actual - predicted);
        return switch (this) {
            case NONE -> Math.min(distance, 1);
            case LINEAR -> distance;
            case QUADRATIC -> distance * distance;
        };
    }
}
