package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.ObjectText;
import dev.rondo.check.Range;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Schedules that go from a start value at position 0 to an end value at position 1, and combinations of them. Their formulas also apply
 * beyond 1.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html#annealing">fastai, Annealing</a>
 */
public final class Schedules {
    private static final double SUM_TOLERANCE = 1e-6;

    private Schedules() {}

    /** start + position·(end − start). */
    public static Schedule linear(double start, double end) {
        finite(start, end);
        return new Curve(words("linear", start, end), position -> start + position * (end - start));
    }

    /** Half a cosine: start + (1 + cos(π·(1 − position)))·(end − start)/2. */
    public static Schedule cosine(double start, double end) {
        finite(start, end);
        return new Curve(
                words("cosine", start, end),
                position -> start + (1 + Math.cos(Math.PI * (1 - position))) * ((end - start) / 2));
    }

    /** A constant. */
    public static Schedule constant(double value) {
        finite(value);
        return new Curve("constant " + value, position -> value);
    }

    /**
     * start·(end/start)^position.
     *
     * @param end has the sign of {@code start}; neither is 0
     */
    public static Schedule exponential(double start, double end) {
        finite(start, end);
        if (Math.signum(start) * Math.signum(end) <= 0) {
            throw new IllegalArgumentException(
                    "An exponential schedule goes between two numbers of one sign, neither of them 0, not from " + start
                            + " to " + end + ".");
        }
        return new Curve(words("exponential", start, end), position -> start * Math.pow(end / start, position));
    }

    /**
     * start + (end − start)·position^power.
     *
     * @param power above 0; 1 is linear
     */
    public static Schedule polynomial(double start, double end, double power) {
        finite(start, end);
        Range.POSITIVE.check("The power of a schedule", power);
        return new Curve(
                words("polynomial", start, end) + " with power " + power,
                position -> start + (end - start) * Math.pow(position, power));
    }

    /**
     * Runs schedules one after the other. Positions are compared with the limits of the parts in float32, as in fastai. A position at a
     * limit is in the next part; the last part goes on beyond 1. Parts of width 0 are skipped.
     *
     * @param fractions the fraction of the training that each part takes: 0 or more, with a sum of 1 within 1e-6
     * @param parts one schedule for each fraction; each goes from its position 0 to its position 1
     * @return a schedule that throws an {@link IllegalArgumentException} for positions below 0
     * @throws IllegalArgumentException if the fractions are invalid, or are not as many as the parts
     * @see <a href="https://docs.fast.ai/callback.schedule.html#combine_scheds">fastai, combine_scheds</a>
     */
    public static Schedule combine(List<Double> fractions, List<Schedule> parts) {
        List<Schedule> given = Argument.all("parts", parts);
        List<Double> widths = Argument.all("fractions", fractions);
        return new Combined(widths, limits(widths, given.size()), given);
    }

    /**
     * A cosine to the middle value, then a cosine to the end value.
     *
     * @param fraction the fraction of the training that the first cosine takes, 0 to 1
     * @see <a href="https://docs.fast.ai/callback.schedule.html#combined_cos">fastai, combined_cos</a>
     */
    public static Schedule combinedCosine(double fraction, double start, double middle, double end) {
        Range.FRACTION.check("The fraction of the first cosine", fraction);
        return combine(List.of(fraction, 1 - fraction), List.of(cosine(start, middle), cosine(middle, end)));
    }

    /** The start positions of the parts, and 1. They are added up in float64 and each is rounded to float32, as libtorch's cumsum does. */
    private static float[] limits(List<Double> fractions, int parts) {
        if (fractions.isEmpty() || fractions.size() != parts) {
            throw new IllegalArgumentException("Schedules are combined with one fraction for each, but there are "
                    + fractions.size() + " fractions and " + parts + " schedules.");
        }
        float[] limits = new float[fractions.size() + 1];
        double sum = 0, limit = 0;
        for (int i = 0; i < fractions.size(); i++) {
            double fraction = fractions.get(i);
            if (!(fraction >= 0)) {
                throw new IllegalArgumentException("The fractions of combined schedules are 0 or more, but one of "
                        + fractions + " is " + fraction + ".");
            }
            sum += fraction;
            limit += (float) fraction;
            limits[i + 1] = (float) limit;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The fractions of combined schedules sum to 1, but those of " + fractions + " sum to " + sum + ".");
        }
        return limits;
    }

    private static String words(String kind, double start, double end) {
        return kind + " from " + start + " to " + end;
    }

    /** A formula with a text. */
    private static final class Curve implements Schedule {
        private final String text;
        private final DoubleUnaryOperator formula;

        Curve(String text, DoubleUnaryOperator formula) {
            this.text = text;
            this.formula = formula;
        }

        @Override
        public double at(double position) {
            return formula.applyAsDouble(position);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Combined implements Schedule {
        private final List<Double> fractions;
        private final float[] limits;
        private final List<Schedule> parts;

        Combined(List<Double> fractions, float[] limits, List<Schedule> parts) {
            this.fractions = fractions;
            this.limits = limits;
            this.parts = parts;
        }

        @Override
        public String toString() {
            return IntStream.range(0, parts.size())
                    .mapToObj(i -> ObjectText.of(parts.get(i)) + " for " + fractions.get(i))
                    .collect(Collectors.joining(", then "));
        }

        @Override
        public double at(double position) {
            if (!(position >= 0)) {
                throw new IllegalArgumentException("A position in training is 0 or more, not " + position + ".");
            }
            float at = (float) position; // the limits are float32: as a double, 1/3 would be below the limit 1/3
            int part = parts.size() - 1;
            while (part > 0 && (at < limits[part] || limits[part] == limits[part + 1])) part--;
            return parts.get(part).at((at - limits[part]) / (limits[part + 1] - limits[part]));
        }
    }

    private static void finite(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A schedule is made of finite numbers, not of " + value + ".");
            }
        }
    }
}
