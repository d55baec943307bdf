package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.Arrays;
import java.util.Locale;

/**
 * Losses by learning rate, with suggestions of a learning rate.
 *
 * @param lrs the learning rates, ascending and above 0
 * @param losses one loss for each learning rate
 * @see <a href="https://docs.fast.ai/callback.schedule.html#suggestion-methods">fastai, Suggestion Methods</a>
 */
public record LrCurve(double[] lrs, double[] losses) {
    private static final int SLIDE_SPAN = 15;
    private static final double SLIDE_THRESHOLD = 0.005;

    public LrCurve {
        Argument.given("lrs", lrs);
        Argument.given("losses", losses);
        if (lrs.length != losses.length) {
            throw new IllegalArgumentException(
                    "A curve has as many losses as learning rates, not " + losses.length + " and " + lrs.length + ".");
        }
    }

    /** The number of points. */
    public int size() {
        return lrs.length;
    }

    /**
     * The curve without its first and last points, and without everything from the first NaN loss on.
     *
     * @param first number of points to drop at the start, 0 or more
     * @param last number of points to drop at the end, 0 or more
     */
    public LrCurve without(int first, int last) {
        Range.NOT_NEGATIVE.check("The number of points to drop at the start", first);
        Range.NOT_NEGATIVE.check("The number of points to drop at the end", last);
        int end = Math.max(first, size() - last);
        for (int i = first; i < end; i++) if (Double.isNaN(losses[i])) end = i;
        int begin = Math.min(first, size());
        end = Math.max(begin, Math.min(end, size()));
        return new LrCurve(Arrays.copyOfRange(lrs, begin, end), Arrays.copyOfRange(losses, begin, end));
    }

    /**
     * The learning rate at two thirds of the longest valley: the longest subsequence of decreasing losses, which need not be adjacent.
     *
     * @throws IllegalStateException if the curve has no point
     */
    public double valley() {
        need(1, "valley");
        int[] length = new int[size()];
        int end = 0;
        for (int i = 0; i < size(); i++) {
            length[i] = 1;
            for (int j = 0; j < i; j++) if (losses[i] < losses[j]) length[i] = Math.max(length[i], length[j] + 1);
            if (length[i] > length[end]) end = i;
        }
        int start = length[end] == 1 ? end : end - length[end];
        double third = (end - start) / 3.0;
        return lrs[Math.floorMod(start + (int) third + (int) (third / 2), size())];
    }

    /**
     * The learning rate after the steepest part: an interval of 15 points moves down from the largest learning rate until the slopes at its
     * two ends are nearly equal.
     *
     * @throws IllegalStateException if the curve has fewer than 16 points
     */
    public double slide() {
        need(SLIDE_SPAN + 1, "slide");
        double[] slopes = slopes();
        int right = size() - 1, left = right - SLIDE_SPAN;
        double lr = lrs[left];
        while (left >= 0 && Math.abs(slopes[right] - slopes[left]) > SLIDE_THRESHOLD) {
            lr = lrs[left];
            right--;
            left--;
        }
        return lr;
    }

    /** The slopes of the losses: central differences, and one-sided differences at the ends. */
    private double[] slopes() {
        int last = size() - 1;
        double[] slopes = new double[size()];
        slopes[0] = losses[1] - losses[0];
        slopes[last] = losses[last] - losses[last - 1];
        for (int i = 1; i < last; i++) slopes[i] = (losses[i + 1] - losses[i - 1]) / 2;
        return slopes;
    }

    /**
     * A tenth of the learning rate with the smallest loss.
     *
     * @throws IllegalStateException if the curve has no point
     */
    public double minimum() {
        need(1, "minimum");
        return lrs[smallest()] / 10;
    }

    private int smallest() {
        int best = 0;
        for (int i = 1; i < size(); i++) if (losses[i] < losses[best]) best = i;
        return best;
    }

    /**
     * The learning rate at which the loss decreases fastest by its logarithm.
     *
     * @throws IllegalStateException if the curve has fewer than 2 points
     */
    public double steep() {
        need(2, "steep");
        int best = 0;
        for (int i = 1; i < size() - 1; i++) if (slope(i) < slope(best)) best = i;
        return lrs[best];
    }

    /** In float32 as in fastai, so that among nearly equal slopes the same one is the steepest. */
    private float slope(int i) {
        float fall = (float) losses[i + 1] - (float) losses[i];
        return fall / (log(lrs[i + 1]) - log(lrs[i]));
    }

    private static float log(double lr) {
        return (float) Math.log((float) lr);
    }

    private void need(int points, String what) {
        if (size() >= points) return;
        throw new IllegalStateException("The curve is too short to suggest '" + what + "': it has " + size()
                + " points and needs " + points + "; search over more batches.");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LrCurve that && Arrays.equals(lrs, that.lrs) && Arrays.equals(losses, that.losses);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lrs) + Arrays.hashCode(losses);
    }

    /** The number of points, the range of the learning rates, and the smallest loss. */
    @Override
    public String toString() {
        if (size() == 0) return "LrCurve without points";
        int best = smallest();
        return String.format(
                Locale.ROOT,
                "LrCurve of %d points: lr %.2e to %.2e, smallest loss %.4g at lr %.2e",
                size(),
                lrs[0],
                lrs[size() - 1],
                losses[best],
                lrs[best]);
    }
}
