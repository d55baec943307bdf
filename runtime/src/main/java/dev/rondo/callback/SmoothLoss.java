package dev.rondo.callback;

import dev.rondo.torch.HostRead;
import dev.rondo.torch.NoGrad;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The training losses of a fit and their bias-corrected exponential average. A batch's loss is written into a buffer on its device; the
 * host fetches what is new when a value is asked for, all at once.
 *
 * @see <a href="https://docs.fast.ai/learner.html#avgsmoothloss">fastai, AvgSmoothLoss</a>
 */
final class SmoothLoss implements AutoCloseable {
    private static final int CAPACITY = 1024;

    private final double beta;
    private Tensor buffer;
    private int capacity;
    private int count;
    private int fetched;
    private float value;
    private double[] smooth = {};

    SmoothLoss(double beta) {
        this.beta = beta;
    }

    void reset() {
        count = 0;
        fetched = 0;
        value = 0;
        smooth = new double[0];
    }

    /** Takes a loss in, without waiting for its device; of one with several elements, the mean counts. */
    void add(Tensor loss) {
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (buffer == null || count - fetched == capacity || buffer.is_cuda() != loss.is_cuda()) grow(loss);
            buffer.select(0, count - fetched).copy_(loss.dim() == 0 ? loss : loss.mean());
            count++;
        }
    }

    /** A full buffer is fetched; it has room again then. */
    private void grow(Tensor like) {
        fetch();
        if (buffer != null && buffer.is_cuda() == like.is_cuda()) return;
        close();
        capacity = CAPACITY;
        buffer = torch.empty(
                new long[] {capacity},
                new TensorOptions(ScalarType.Float).device(new DeviceOptional(like.device())),
                new MemoryFormatOptional());
        buffer.retainReference();
    }

    private void fetch() {
        if (fetched == count) return;
        float[] losses = new float[count - fetched];
        try (HostRead read = HostRead.of("losses");
                NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            FloatBuffer host = buffer.cpu().createBuffer();
            host.get(losses);
        }
        if (count > smooth.length) smooth = Arrays.copyOf(smooth, Math.max(count, 2 * smooth.length));
        for (float loss : losses) {
            // torch.lerp(loss, value, beta) and the correction in float32, so that losses tie here where they tie in
            // fastai
            value = value - (value - loss) * (1 - (float) beta);
            fetched++;
            smooth[fetched - 1] = value / (float) (1 - Math.pow(beta, fetched));
        }
    }

    /** The number of losses since the reset. */
    int count() {
        return count;
    }

    /** The average after the last loss, NaN before the first. Waits for the device. */
    double value() {
        fetch();
        return count == 0 ? Double.NaN : smooth[count - 1];
    }

    /** The average after each loss. Waits for the device. */
    double[] values() {
        fetch();
        return Arrays.copyOf(smooth, count);
    }

    /** Frees the buffer; what was in it is fetched first. */
    @Override
    public void close() {
        fetch();
        if (buffer != null) buffer.close();
        buffer = null;
        capacity = 0;
    }
}
