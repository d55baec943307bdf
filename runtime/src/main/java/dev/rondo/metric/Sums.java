package dev.rondo.metric;

import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.Handles;
import java.nio.DoubleBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Sums over batches: a float64 vector on the device, exact for integers up to 2⁵³. Only {@link #read} waits for the device. */
final class Sums implements AutoCloseable {
    private @Nullable Tensor vector;

    /**
     * The vector, which the caller adds to in place. It is created as zeros, also if it had another size before a reset, and moves to the
     * device of {@code like}.
     *
     * @param like a tensor on the device of the batch
     */
    Tensor on(Tensor like, long size) {
        if (vector == null || vector.numel() != size) {
            replace(torch.zeros(
                    new long[] {size}, new TensorOptions(ScalarType.Double).device(new DeviceOptional(like.device()))));
        } else if (vector.is_cuda() != like.is_cuda()) {
            try (Device device = like.device()) {
                replace(vector.to(device, ScalarType.Double));
            }
        }
        return vector();
    }

    private void replace(Tensor by) {
        Handles.own(by);
        close();
        vector = by;
    }

    /** The sums, which must exist. */
    Tensor vector() {
        return Objects.requireNonNull(vector);
    }

    /** Replaces the sums by copies. */
    void load(Tensor saved) {
        try (PointerScope temporary = new PointerScope()) {
            replace(SavedState.copy(saved));
        }
    }

    void reset() {
        if (vector != null) vector.zero_();
    }

    /** Reads the sums, which must exist. Waits for the device. */
    double[] read() {
        try (DeviceWait read = DeviceWait.of("metric");
                PointerScope temporary = new PointerScope()) {
            DoubleBuffer host = vector().cpu().createBuffer();
            double[] values = new double[host.remaining()];
            host.get(values);
            return values;
        }
    }

    @Override
    public void close() {
        if (vector != null) vector.close();
        vector = null;
    }
}
