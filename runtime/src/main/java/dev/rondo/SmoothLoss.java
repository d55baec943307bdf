package dev.rondo;

import dev.rondo.spi.CallbackState;
import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The training losses of a fit and their bias-corrected exponential moving average. Losses stay on their device. The host fetches the new ones
 * together when a value is read. Only the losses are saved: the averages are computed again, and are the same to the last bit.
 *
 * @see <a href="https://docs.fast.ai/learner.html#avgsmoothloss">fastai, AvgSmoothLoss</a>
 */
final class SmoothLoss implements AutoCloseable, CallbackState {
    private final double beta;
    private final Series losses = new Series();
    private int smoothed;
    private float value;
    private double[] smooth = {};

    SmoothLoss(double beta) {
        this.beta = beta;
    }

    void reset() {
        losses.reset();
        forget();
    }

    private void forget() {
        smoothed = 0;
        value = 0;
        smooth = new double[0];
    }

    /** Adds a loss, or the mean of a loss with several elements, without waiting for its device. */
    void add(Tensor loss) {
        if (loss.dim() == 0) {
            losses.add(loss);
            return;
        }
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            losses.add(loss.mean());
        }
    }

    private void smooth() {
        int count = losses.rows();
        if (count > smooth.length) smooth = Arrays.copyOf(smooth, Math.max(count, 2 * smooth.length));
        while (smoothed < count) {
            // Equal to torch.lerp(loss, value, beta) and the correction in float32, bit for bit: losses that are equal
            // in
            // fastai are equal here.
            value = Math.fma(losses.value(smoothed, 0) - value, 1 - (float) beta, value);
            smoothed++;
            smooth[smoothed - 1] = value / (float) (1 - Math.pow(beta, smoothed));
        }
    }

    /** The number of losses since the reset. */
    int count() {
        return losses.rows();
    }

    /** The average after the last loss, NaN before the first. Waits for the device. */
    double value() {
        smooth();
        return smoothed == 0 ? Double.NaN : smooth[smoothed - 1];
    }

    /** The average after each loss. Waits for the device. */
    double[] values() {
        smooth();
        return Arrays.copyOf(smooth, smoothed);
    }

    /** The losses. Waits for the device. */
    @Override
    public Map<String, @Nullable Object> saveState() {
        return losses.saveState();
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        losses.load(state, 1);
        forget();
    }

    /** Fetches what is on the device, then frees it. */
    @Override
    public void close() {
        losses.close();
    }
}
