package dev.rondo.schedule;

/** Checks of constructor arguments. */
final class Fractions {
    private Fractions() {}

    static void check(String name, double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    name + " is a fraction of the training, from 0 to 1, not " + fraction + ".");
        }
    }

    static void checkDivisor(String name, double divisor) {
        if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is a divisor above 0, not " + divisor + ".");
        }
    }
}
