package dev.rondo.metric;

import dev.rondo.torch.Torch;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The average of batch means, each weighted with its number of samples. The sum is kept as float64 on the device of the values;
 * {@link #value} is the only call that waits for it.
 */
public final class Average implements AutoCloseable {
    private Tensor sum;
    private long count;

    /** Forgets everything. */
    public void reset() {
        count = 0;
        if (sum != null) sum.zero_();
    }

    /**
     * Adds a batch.
     *
     * @param mean a tensor of any float type; of one with several elements, the mean counts
     * @param samples the weight, at least 0
     */
    public void add(Tensor mean, long samples) {
        Torch.start();
        try (PointerScope temporary = new PointerScope()) {
            Tensor scalar = mean.dim() == 0 ? mean : mean.mean();
            if (sum == null || sum.is_cuda() != scalar.is_cuda()) start(scalar);
            sum.add_(scalar, new Scalar((double) samples));
            count += samples;
        }
    }

    private void start(Tensor like) {
        close();
        sum = torch.zeros(new long[0], new TensorOptions(ScalarType.Double).device(new DeviceOptional(like.device())));
        sum.retainReference();
    }

    /** The samples added since the reset. */
    public long count() {
        return count;
    }

    /** The weighted average, empty without samples. Waits for the device. */
    public OptionalDouble value() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.item_double() / count);
    }

    /** Frees the sum. */
    @Override
    public void close() {
        if (sum != null) sum.close();
        sum = null;
    }
}
