package dev.rondo.torch;

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
 * Keeps gradients in the range of float16: backward starts from the loss times a scale, the gradients are divided by it before the step,
 * and the scale follows what happens. A step whose gradients are not all finite is to be skipped; the scale is halved then. After 2000
 * steps in a row that were fine it is doubled.
 *
 * <p>Whether to step is decided on the host, so the scale lives there as well, in float32 as PyTorch's: {@link #unscale} waits for the
 * device, nothing else does.
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

    /** PyTorch's defaults: 65536 at first, times 2 after 2000 good steps, times 0.5 after a bad one. */
    public GradScaler() {
        this(65536, 2, .5, 2000);
    }

    /**
     * @param scale at first, above 0
     * @param growth the factor after a row of good steps, above 1
     * @param backoff the factor after a bad step, above 0 and below 1
     * @param interval how many good steps make a row, at least 1
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
        if (!fine) throw new IllegalArgumentException("A scaler " + rule + ", not " + not + ".");
    }

    /** The scale at present. */
    public double scale() {
        return scale;
    }

    /** A loss times the scale, which belongs to the native scope of the caller. */
    public Tensor scale(Tensor loss) {
        try (Scalar factor = new Scalar(scale)) {
            return loss.mul(factor);
        }
    }

    /**
     * Divides gradients by the scale, in place. Waits for their device.
     *
     * @param gradients all on one device, of any float type but float16, in which what was divided would be lost
     * @return whether all of their values are finite
     */
    public boolean unscale(Tensor... gradients) {
        if (gradients.length == 0) return true;
        for (Tensor g : gradients) {
            if (g.scalar_type().intern() == ScalarType.Half) {
                throw new IllegalArgumentException(
                        "Gradients of type Half cannot be unscaled: keep the parameters in float32, autocast makes them short.");
            }
        }
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            TensorOptions like = new TensorOptions(ScalarType.Float).device(new DeviceOptional(gradients[0].device()));
            Tensor notFinite = torch.zeros(new long[] {1}, like);
            Tensor inverse = torch.full(new long[] {1}, new Scalar(1.0 / scale), like);
            Operators.UNSCALE.call(Operator.list(gradients), new IValue(notFinite), new IValue(inverse));
            try (HostRead read = HostRead.of("gradients are finite")) {
                return notFinite.item_float() == 0;
            }
        }
    }

    /**
     * Adapts the scale.
     *
     * @param fine what {@link #unscale} said of the step, which was skipped if not
     */
    public void update(boolean fine) {
        if (!fine) {
            scale = Math.max((float) (scale * backoff), Float.MIN_NORMAL); // from 0 there would be no way back
            goodSteps = 0;
        } else if (++goodSteps == interval) {
            float grown = (float) (scale * growth);
            if (grown < Float.POSITIVE_INFINITY) scale = grown;
            goodSteps = 0;
        }
    }

    /** What {@link #restore} takes: the scale, and how many good steps there have been since it changed. */
    public Map<String, Double> state() {
        Map<String, Double> state = new LinkedHashMap<>();
        state.put(SCALE, (double) scale);
        state.put(GOOD_STEPS, (double) goodSteps);
        return state;
    }

    /**
     * Goes on from what {@link #state} gave.
     *
     * @throws IllegalArgumentException if it is no such state
     */
    public void restore(Map<String, ?> state) {
        if (state.size() != 2
                || !(state.get(SCALE) instanceof Number at)
                || !(state.get(GOOD_STEPS) instanceof Number steps)) {
            throw new IllegalArgumentException(
                    "The state of a scaler has the numbers 'scale' and 'good_steps', but this is " + state + ".");
        }
        double good = steps.doubleValue();
        check(good >= 0 && good < Integer.MAX_VALUE && good == Math.rint(good), "counts good steps from 0", good);
        set(at.doubleValue());
        goodSteps = (int) good;
    }
}
