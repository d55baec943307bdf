package dev.rondo.schedule;

import java.util.List;

/**
 * The annealers that take a value from a start, at position 0, to an end, at position 1, and what is made of them. Beyond 1 they go on as
 * their formulas do.
 *
 * @see <a href="https://docs.fast.ai/callback.schedule.html#annealing">fastai, Annealing</a>
 */
public final class Schedules {
    private static final double SUM_TOLERANCE = 1e-6;

    private Schedules() {}

    /** start + position·(end − start). */
    public static Schedule linear(double start, double end) {
        finite(start, end);
        return position -> start + position * (end - start);
    }

    /** Half a cosine: start + (1 + cos(π·(1 − position)))·(end − start)/2. */
    public static Schedule cosine(double start, double end) {
        finite(start, end);
        return position -> start + (1 + Math.cos(Math.PI * (1 - position))) * ((end - start) / 2);
    }

    /** Always the same. */
    public static Schedule constant(double value) {
        finite(value);
        return position -> value;
    }

    /**
     * start·(end/start)^position.
     *
     * @param end of the sign of {@code start}; neither is 0
     */
    public static Schedule exponential(double start, double end) {
        finite(start, end);
        if (Math.signum(start) * Math.signum(end) <= 0) {
            throw new IllegalArgumentException(
                    "An exponential schedule goes between two numbers of one sign, neither of them 0, not from " + start
                            + " to " + end + ".");
        }
        return position -> start * Math.pow(end / start, position);
    }

    /**
     * start + (end − start)·position^power.
     *
     * @param power above 0; 1 is linear
     */
    public static Schedule polynomial(double start, double end, double power) {
        finite(start, end, power);
        if (power <= 0) throw new IllegalArgumentException("The power of a schedule is above 0, not " + power + ".");
        return position -> start + (end - start) * Math.pow(position, power);
    }

    /**
     * Schedules one after the other. Positions and limits between the parts are compared in float32, as fastai does; at a limit the next
     * part has begun, and beyond 1 the last one goes on. Parts of no width are skipped.
     *
     * @param shares the share of the training that each part takes: 0 or more, 1 together, to a millionth
     * @param parts as many schedules, each of which goes through its own positions from 0 to 1
     * @return a schedule for positions from 0 on; at others it throws an {@link IllegalArgumentException}
     * @see <a href="https://docs.fast.ai/callback.schedule.html#combine_scheds">fastai, combine_scheds</a>
     */
    public static Schedule combine(List<Double> shares, List<Schedule> parts) {
        return new Combined(limits(shares, parts.size()), List.copyOf(parts));
    }

    /**
     * A cosine to the middle value and another one from there to the end.
     *
     * @param share the share of the training that the first takes, 0 to 1
     * @see <a href="https://docs.fast.ai/callback.schedule.html#combined_cos">fastai, combined_cos</a>
     */
    public static Schedule combinedCosine(double share, double start, double middle, double end) {
        return combine(List.of(share, 1 - share), List.of(cosine(start, middle), cosine(middle, end)));
    }

    /** The positions where the parts begin, and 1 at the end; summed in double, as libtorch's cumsum does, and rounded each. */
    private static float[] limits(List<Double> shares, int parts) {
        if (shares.isEmpty() || shares.size() != parts) {
            throw new IllegalArgumentException("Schedules are combined with one share for each, but there are "
                    + shares.size() + " shares and " + parts + " schedules.");
        }
        float[] limits = new float[shares.size() + 1];
        double sum = 0, limit = 0;
        for (int i = 0; i < shares.size(); i++) {
            double share = shares.get(i);
            if (!(share >= 0)) {
                throw new IllegalArgumentException(
                        "The shares of combined schedules are 0 or more, but one of " + shares + " is " + share + ".");
            }
            sum += share;
            limit += (float) share;
            limits[i + 1] = (float) limit;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The shares of combined schedules sum to 1, but those of " + shares + " sum to " + sum + ".");
        }
        return limits;
    }

    private record Combined(float[] limits, List<Schedule> parts) implements Schedule {
        @Override
        public double at(double position) {
            if (!(position >= 0)) {
                throw new IllegalArgumentException("A position in training is 0 or more, not " + position + ".");
            }
            float at = (float) position; // against float32 limits, a double would put 1/3 before the limit at 1/3
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
