package dev.rondo;

import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The training losses of a fit and their bias-corrected exponential moving average. The losses stay on the device; new ones are copied to
 * the host together when a value is read.
 *
 * @see <a href="https://docs.fast.ai/learner.html#avgsmoothloss">fastai, AvgSmoothLoss</a>
 */
final class SmoothLoss implements AutoCloseable {
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
        smoothed = 0;
        value = 0;
        smooth = new double[0];
    }

    /** Adds a loss without waiting for the device; a loss with several elements counts with its mean. */
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
            // torch.lerp(loss, value, beta) and the correction in float32 to the last bit, so that
            // ties are those of fastai
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

    /** Frees the tensors on the device after copying their values to the host. */
    @Override
    public void close() {
        losses.close();
    }
}
