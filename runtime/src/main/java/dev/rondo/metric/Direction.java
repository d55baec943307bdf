package dev.rondo.metric;

/** Which of two values of a metric is the better one. */
public enum Direction {
    /** As for losses and errors. */
    SMALLER_IS_BETTER,
    /** As for accuracy. */
    LARGER_IS_BETTER;

    /** Whether a value is better than another. NaN is not better than anything, nor is anything better than NaN. */
    public boolean better(double value, double than) {
        return this == SMALLER_IS_BETTER ? value < than : value > than;
    }
}
