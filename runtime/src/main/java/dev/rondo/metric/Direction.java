package dev.rondo.metric;

/** Which values of a metric are better. */
public enum Direction {
    /** Smaller values, as for losses and errors. */
    SMALLER_IS_BETTER,
    /** Larger values, as for accuracy. */
    LARGER_IS_BETTER;

    /** Whether a value is better than another. False if one of them is NaN. */
    public boolean better(double value, double than) {
        return this == SMALLER_IS_BETTER ? value < than : value > than;
    }
}
