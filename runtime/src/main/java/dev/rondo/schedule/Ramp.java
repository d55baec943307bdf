package dev.rondo.schedule;

/** The form of a rise from 0 to 1, or of a fall from 1 to 0. */
public enum Ramp {
    LINEAR,
    /** Half a cosine. */
    COSINE,
    /** A rise along 1 − √(1 − x), a fall along 1 − √x; transformers' {@code 1-sqrt}. */
    SQUARE_ROOT;

    /** @param x how far it has come, 0 to 1 */
    double rise(double x) {
        return switch (this) {
            case LINEAR -> x;
            case COSINE -> 0.5 * (1 - Math.cos(Math.PI * x));
            case SQUARE_ROOT -> 1 - Math.sqrt(1 - x);
        };
    }

    /** @param x how far it has come, 0 to 1 */
    double fall(double x) {
        return this == SQUARE_ROOT ? 1 - Math.sqrt(x) : 1 - rise(x);
    }
}
