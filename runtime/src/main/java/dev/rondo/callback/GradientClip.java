package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.check.Range;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.optim.Gradients;
import dev.rondo.optim.Optimizer;

/**
 * Clips the gradients before each step, by their total norm or by value. It must run after {@code MixedPrecision} has unscaled the
 * gradients, and fails otherwise.
 *
 * <p>Costs a few foreach operators per step; never waits for the device.
 *
 * @see <a href="https://docs.fast.ai/callback.training.html#gradientclip">fastai, GradientClip</a>
 * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu, Mikolov and Bengio 2012</a>
 */
@Callback(order = 11, runs = Phase.TRAIN)
public final class GradientClip {
    private final double limit;
    private final double normType;
    private final boolean byValue;

    /** Clips to a total Euclidean norm of 1. */
    public GradientClip() {
        this(1);
    }

    /** @param maxNorm the maximum Euclidean norm of all gradients together, above 0 */
    public GradientClip(double maxNorm) {
        this(maxNorm, 2);
    }

    /**
     * @param maxNorm the maximum norm of all gradients together, above 0
     * @param normType the p of the p-norm, above 0; {@link Double#POSITIVE_INFINITY} for the maximum norm
     */
    public GradientClip(double maxNorm, double normType) {
        this(maxNorm, normType, false);
    }

    private GradientClip(double limit, double normType, boolean byValue) {
        this.limit = Range.POSITIVE_LIMIT.check("The limit of gradients", limit);
        this.normType = Range.POSITIVE_LIMIT.check("The p of a norm", normType);
        this.byValue = byValue;
    }

    /** Clips each element to the range −limit to limit. */
    public static GradientClip byValue(double limit) {
        return new GradientClip(limit, 2, true);
    }

    @On(Event.BEFORE_STEP)
    void clip(Learner learner) {
        Optimizer optimizer = learner.optimizer();
        if (learner.callback(MixedPrecision.class)
                .filter(MixedPrecision::gradientsAreScaled)
                .isPresent()) {
            throw new IllegalStateException("The gradients are still scaled where GradientClip would clip them:"
                    + " give it an order above that of MixedPrecision.");
        }
        if (byValue) Gradients.clipValue(optimizer, limit);
        else Gradients.clipNorm(optimizer, limit, normType);
    }

    @Override
    public String toString() {
        return "GradientClip[" + (byValue ? "value=" + limit : "maxNorm=" + limit + ", normType=" + normType) + "]";
    }
}
