package dev.rondo.schedule;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Schedules in steps, with the names and the numbers of transformers' {@code get_scheduler} and of torch's {@code lr_scheduler}. A step is a
 * training batch, and steps are counted from 0. In the formulas, n is the step, w the steps of the warm-up, N those of the fit, and lr the
 * learning rate of the fit. During a warm-up, the learning rate is lr·n/w; with {@link Span#none()} there is none.
 *
 * @see <a href="https://huggingface.co/docs/transformers/main_classes/optimizer_schedules">transformers, schedules</a>
 * @see <a href="https://docs.pytorch.org/docs/2.10/optim.html#how-to-adjust-learning-rate">torch.optim.lr_scheduler</a>
 */
public final class StepSchedules {
    /** transformers' time scale of an inverse square root without warm-up. */
    private static final long TIME_SCALE = 10_000;

    private StepSchedules() {}

    /** A factor of the learning rate after the warm-up. */
    private interface Decay {
        /**
         * @param step the number of steps since the warm-up
         * @param steps the number of steps from the warm-up to the end, at least 1
         */
        double at(double step, long steps);
    }

    private static StepSchedule after(Span warmUp, Decay decay) {
        Argument.given("warmUp", warmUp);
        return (lr, length) -> {
            long w = warmUp.steps(length), rest = Math.max(1, length.steps() - w);
            return length.bySteps(n -> lr * (n < w ? n / w : decay.at(n - w, rest)));
        };
    }

    /** transformers' {@code constant} and {@code constant_with_warmup}: lr after the warm-up. */
    public static StepSchedule constant(Span warmUp) {
        return after(warmUp, (step, steps) -> 1);
    }

    /** transformers' {@code linear}: lr·(N − n)/(N − w) after the warm-up. */
    public static StepSchedule linear(Span warmUp) {
        return after(warmUp, (step, steps) -> Math.max(0, 1 - step / steps));
    }

    /** transformers' {@code cosine}: half a cosine from lr to 0 after the warm-up. */
    public static StepSchedule cosine(Span warmUp) {
        return cosine(warmUp, 0.5, 0);
    }

    /**
     * transformers' {@code cosine} and {@code cosine_with_min_lr}.
     *
     * @param waves number of whole cosines after the warm-up, above 0; 0.5 only falls
     * @param least the smallest learning rate, as a fraction of lr, 0 to 1
     */
    public static StepSchedule cosine(Span warmUp, double waves, double least) {
        Range.POSITIVE.check("The number of waves of a cosine", waves);
        Range.FRACTION.check("The least fraction of a cosine", least);
        return after(
                warmUp,
                (step, steps) -> least + (1 - least) * 0.5 * (1 + Math.cos(Math.PI * waves * 2 * (step / steps))));
    }

    /**
     * transformers' {@code cosine_with_restarts}: after the warm-up, several times half a cosine from lr to 0.
     *
     * @param cycles number of falls, at least 1
     */
    public static StepSchedule cosineWithRestarts(Span warmUp, int cycles) {
        Range.AT_LEAST_1.check("The number of cycles", cycles);
        return after(
                warmUp,
                (step, steps) -> step >= steps ? 0 : 0.5 * (1 + Math.cos(Math.PI * ((cycles * (step / steps)) % 1))));
    }

    /** transformers' {@code polynomial}, with its last learning rate 1e-7 and power 1. */
    public static StepSchedule polynomial(Span warmUp) {
        return polynomial(warmUp, 1e-7, 1);
    }

    /**
     * transformers' {@code polynomial}: after the warm-up, lrEnd + (lr − lrEnd)·((N − n)/(N − w))^power.
     *
     * @param lrEnd the last learning rate, 0 or more and below lr
     * @param power above 0
     */
    public static StepSchedule polynomial(Span warmUp, double lrEnd, double power) {
        Argument.given("warmUp", warmUp);
        Range.NOT_NEGATIVE.check("The last learning rate of a schedule", lrEnd);
        Range.POSITIVE.check("The power of a schedule", power);
        return (lr, length) -> {
            if (!(lrEnd < lr)) {
                throw new IllegalArgumentException(
                        "The last learning rate of a polynomial schedule is below that of the fit, " + lr + ", not "
                                + lrEnd + ".");
            }
            double end = lrEnd / lr;
            Decay decay = (step, steps) -> end + (1 - end) * Math.pow(Math.max(0, 1 - step / steps), power);
            return after(warmUp, decay).lr(lr, length);
        };
    }

    /** transformers' {@code inverse_sqrt}: lr·√(w/n) after the warm-up; without one, lr·√(10000/(10000 + n)). */
    public static StepSchedule inverseSquareRoot(Span warmUp) {
        Argument.given("warmUp", warmUp);
        return (lr, length) -> {
            long w = warmUp.steps(length), scale = w == 0 ? TIME_SCALE : w;
            return after(warmUp, (step, steps) -> 1 / Math.sqrt((step + scale) / scale))
                    .lr(lr, length);
        };
    }

    /** transformers' {@code warmup_stable_decay} with its defaults: a linear warm-up, lr, and half a cosine to 0 at the end. */
    public static StepSchedule warmUpStableDecay(Span warmUp, Span decay) {
        return warmUpStableDecay(warmUp, Ramp.LINEAR, decay, Ramp.COSINE, 0);
    }

    /**
     * transformers' {@code warmup_stable_decay}: lr, with a rise before and a fall after it.
     *
     * @param warmUp the rise
     * @param rise its form
     * @param decay the fall, at the end of the fit
     * @param fall its form
     * @param least the smallest learning rate, as a fraction of lr, 0 to 1
     */
    public static StepSchedule warmUpStableDecay(Span warmUp, Ramp rise, Span decay, Ramp fall, double least) {
        Argument.given("warmUp", warmUp);
        Argument.given("rise", rise);
        Argument.given("decay", decay);
        Argument.given("fall", fall);
        Range.FRACTION.check("The least fraction of a schedule", least);
        return (lr, length) -> {
            long w = warmUp.steps(length), d = decay.steps(length), end = Math.max(w, length.steps() - d);
            return length.bySteps(n -> {
                if (n < w) return lr * (least + (1 - least) * rise.rise(n / w));
                if (n < end) return lr;
                return n < end + d ? lr * (least + (1 - least) * fall.fall((n - end) / d)) : lr * least;
            });
        };
    }

    /**
     * torch's {@code StepLR}: lr·gamma^k after k intervals.
     *
     * @param every the interval, at least one step; torch counts calls, which are usually epochs
     * @param gamma 0 or more
     */
    public static StepSchedule step(Span every, double gamma) {
        Argument.given("every", every).notNone("The interval of a schedule");
        checkGamma(gamma);
        return (lr, length) -> {
            long interval = Math.max(1, every.steps(length));
            return length.bySteps(n -> lr * Math.pow(gamma, Math.floor(n / interval)));
        };
    }

    /** torch's {@code ExponentialLR}, which is {@link #step} by single steps or epochs: lr·gamma^k in the k-th epoch from 0. */
    public static StepSchedule exponential(double gamma) {
        return step(Span.epochs(1), gamma);
    }

    /**
     * torch's {@code MultiStepLR}: lr·gamma^k after k milestones.
     *
     * @param gamma 0 or more
     * @param milestones when the learning rate changes, from the start of the fit, in any order
     */
    public static StepSchedule multiStep(double gamma, Span... milestones) {
        checkGamma(gamma);
        List<Span> all = Argument.all("milestones", milestones);
        return (lr, length) -> {
            double[] steps = all.stream().mapToDouble(m -> m.steps(length)).toArray();
            return length.bySteps(n -> {
                long passed = 0;
                for (double step : steps) if (step <= n) passed++;
                return lr * Math.pow(gamma, passed);
            });
        };
    }

    private static void checkGamma(double gamma) {
        Range.NOT_NEGATIVE.check("The gamma of a schedule", gamma);
    }

    /** The height of a triangle of a cyclic schedule. */
    private interface Height {
        /** @param cycle the number of the triangle from 0 */
        double at(double step, double cycle);
    }

    /**
     * torch's {@code CyclicLR} with the mode {@code triangular}: from lrBase up to lr and down again. The momentum does not change.
     *
     * @param lrBase the smallest learning rate, 0 or more
     * @param up the rise, at least one step
     * @param down the fall, at least one step
     */
    public static StepSchedule triangular(double lrBase, Span up, Span down) {
        return cyclic(lrBase, up, down, (step, cycle) -> 1);
    }

    /** {@link #triangular} whose triangles are half as high each time, torch's mode {@code triangular2}. */
    public static StepSchedule triangular2(double lrBase, Span up, Span down) {
        return cyclic(lrBase, up, down, (step, cycle) -> Math.pow(0.5, cycle));
    }

    /**
     * {@link #triangular} whose height is multiplied by gamma at each step, torch's mode {@code exp_range}.
     *
     * @param gamma 0 or more
     */
    public static StepSchedule triangularExponential(double lrBase, Span up, Span down, double gamma) {
        checkGamma(gamma);
        return cyclic(lrBase, up, down, (step, cycle) -> Math.pow(gamma, step));
    }

    private static StepSchedule cyclic(double lrBase, Span up, Span down, Height height) {
        Range.NOT_NEGATIVE.check("The smallest learning rate of a schedule", lrBase);
        Argument.given("up", up).notNone("The rise of a triangle");
        Argument.given("down", down).notNone("The fall of a triangle");
        return (lr, length) -> {
            double rise = Math.max(1, up.steps(length)), fall = Math.max(1, down.steps(length));
            DoubleUnaryOperator value = n -> {
                double cycle = Math.floor(n / (rise + fall)), in = n - cycle * (rise + fall);
                double share = in <= rise ? in / rise : (rise + fall - in) / fall;
                return lrBase + (lr - lrBase) * share * height.at(n, cycle);
            };
            return length.bySteps(value);
        };
    }
}
