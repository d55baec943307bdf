package dev.rondo.torch;

import dev.rondo.annotation.WaitsForDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Keeps gradients in the range of float16. The loss is multiplied by a scale before the backward pass, and the gradients are divided by it
 * before the step. A step whose gradients are not all finite must be skipped; {@link #update} then halves the scale. After 2000 good steps
 * in a row it doubles the scale.
 *
 * <p>The host decides whether to step, so the scale is on the host too, in float32 as PyTorch's. Only {@link #unscale} waits for the
 * device.
 *
 * @see <a href="https://pytorch.org/docs/stable/amp.html#gradient-scaling">torch.amp.GradScaler</a>
 * @see <a href="https://arxiv.org/abs/1710.03740">Micikevicius et al. 2017</a>
 */
public final class GradScaler {
    private static final class Operators {
        static final Operator UNSCALE = Operator.of("aten::_amp_foreach_non_finite_check_and_unscale_", "");
    }

    private static final String SCALE = "scale", GOOD_STEPS = "good_steps";

    private final double growth;
    private final double backoff;
    private final int interval;
    private float scale;
    private int goodSteps;

    /** PyTorch's defaults: initial scale 65536, factor 2 after 2000 good steps in a row, factor 0.5 after a bad step. */
    public GradScaler() {
        this(65536, 2, .5, 2000);
    }

    /**
     * @param scale the initial scale, above 0
     * @param growth the factor after {@code interval} good steps in a row, above 1
     * @param backoff the factor after a bad step, above 0 and below 1
     * @param interval number of good steps in a row before the scale grows, at least 1
     */
    public GradScaler(double scale, double growth, double backoff, int interval) {
        check(growth > 1 && growth < Double.POSITIVE_INFINITY, "grows by a factor above 1", growth);
        check(backoff > 0 && backoff < 1, "backs off by a factor between 0 and 1", backoff);
        check(interval >= 1, "grows after at least 1 good step", interval);
        this.growth = growth;
        this.backoff = backoff;
        this.interval = interval;
        set(scale);
    }

    private void set(double to) {
        float narrow = (float) to;
        check(narrow > 0 && narrow < Float.POSITIVE_INFINITY, "has a scale above 0 that float32 can hold", to);
        scale = narrow;
    }

    private static void check(boolean fine, String rule, double not) {
        if (!fine) throw new IllegalArgumentException("A gradient scaler " + rule + ", not " + not + ".");
    }

    /** The current scale. */
    public double scale() {
        return scale;
    }

    /** Multiplies a loss by the scale. The result belongs to the native scope of the caller. */
    public Tensor scale(Tensor loss) {
        try (Scalar factor = new Scalar(scale)) {
            return loss.mul(factor);
        }
    }

    /**
     * Divides gradients by the scale in place. Waits for their device.
     *
     * @param gradients gradients on one device, of any float type but float16
     * @return whether all gradients are finite
     * @throws IllegalArgumentException if a gradient is of float16, which cannot hold the unscaled values
     */
    @WaitsForDevice
    public boolean unscale(Tensor... gradients) {
        if (gradients.length == 0) return true;
        for (Tensor g : gradients) {
            if (g.scalar_type().intern() == ScalarType.Half) {
                throw new IllegalArgumentException(
                        "Gradients of type Half cannot be unscaled: keep the parameters in float32; autocast casts them.");
            }
        }
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            TensorOptions like = new TensorOptions(ScalarType.Float).device(new DeviceOptional(gradients[0].device()));
            Tensor notFinite = torch.zeros(new long[] {1}, like);
            Tensor inverse = torch.full(new long[] {1}, new Scalar(1.0 / scale), like);
            Operators.UNSCALE.call(Operator.list(gradients), new IValue(notFinite), new IValue(inverse));
            try (DeviceWait read = DeviceWait.of("gradients are finite")) {
                return notFinite.item_float() == 0;
            }
        }
    }

    /**
     * Updates the scale after a step.
     *
     * @param finite what {@link #unscale} returned; if false, the step was skipped
     */
    public void update(boolean finite) {
        if (!finite) {
            scale = Math.max((float) (scale * backoff), Float.MIN_NORMAL); // a scale of 0 could not grow again
            goodSteps = 0;
        } else if (++goodSteps == interval) {
            float grown = (float) (scale * growth);
            if (grown < Float.POSITIVE_INFINITY) scale = grown;
            goodSteps = 0;
        }
    }

    /** The state for {@link #restore}: the scale, and the number of good steps since it changed. */
    public Map<String, Double> state() {
        Map<String, Double> state = new LinkedHashMap<>();
        state.put(SCALE, (double) scale);
        state.put(GOOD_STEPS, (double) goodSteps);
        return state;
    }

    /**
     * Restores a state of {@link #state}.
     *
     * @throws IllegalArgumentException if it is not such a state
     */
    public void restore(Map<String, ?> state) {
        if (state.size() != 2
                || !(state.get(SCALE) instanceof Number at)
                || !(state.get(GOOD_STEPS) instanceof Number steps)) {
            throw new IllegalArgumentException(
                    "The state of a gradient scaler has the numbers 'scale' and 'good_steps', but this is " + state
                            + ".");
        }
        double good = steps.doubleValue();
        check(good >= 0 && good < Integer.MAX_VALUE && good == Math.rint(good), "counts good steps from 0", good);
        set(at.doubleValue());
        goodSteps = (int) good;
    }

    @Override
    public String toString() {
        return "GradScaler[scale=" + scale + ", goodSteps=" + goodSteps + "]";
    }
}
