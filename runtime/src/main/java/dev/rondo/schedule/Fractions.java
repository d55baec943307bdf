package dev.rondo.schedule;

/** What the numbers of a policy must be. */
final class Fractions {
    private Fractions() {}

    static void check(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is a share of the training, from 0 to 1, not " + share + ".");
        }
    }

    static void checkDivisor(String name, double divisor) {
        if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " divides a learning rate and is above 0, not " + divisor + ".");
        }
    }
}
