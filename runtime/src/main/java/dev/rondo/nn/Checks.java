package dev.rondo.nn;

/** Checks of constructor arguments, as PyTorch's constructors and first forwards make them. */
final class Checks {
    private Checks() {}

    /**
     * Checks a size and returns it.
     *
     * @param what the argument and the layer, for the message, such as "kernel of Conv2d"
     */
    static long atLeast(long least, long value, String what) {
        if (value >= least) return value;
        throw new IllegalArgumentException("The " + what + " is at least " + least + ", not " + value + ".");
    }

    static double probability(double p) {
        if (p >= 0 && p <= 1) return p;
        throw new IllegalArgumentException("A dropout probability is between 0 and 1, not " + p + ".");
    }
}
