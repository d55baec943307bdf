package dev.rondo.metric;

import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all batches in one tensor on their device, whose capacity doubles when it is full. It is one handle, whatever the number of
 * batches.
 */
final class Rows implements AutoCloseable {
    private @Nullable Tensor buffer;
    private long count;

    /**
     * Appends copies of the rows of a tensor.
     *
     * @throws IllegalArgumentException if their shape is not that of earlier rows
     */
    void add(Tensor rows) {
        long end = count + rows.size(0);
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (buffer != null) check(rows, buffer);
            Tensor room = buffer != null && fits(rows, end, buffer) ? buffer : grow(rows, end);
            room.narrow(0, count, rows.size(0)).copy_(rows);
        }
        count = end;
    }

    private static void check(Tensor rows, Tensor before) {
        if (Arrays.equals(row(rows), row(before))) return;
        throw new IllegalArgumentException("The rows of a batch have shape " + Arrays.toString(row(rows))
                + ", those of earlier batches " + Arrays.toString(row(before)) + ".");
    }

    private static long[] row(Tensor rows) {
        return Arrays.copyOfRange(rows.shape(), 1, (int) rows.dim());
    }

    private static boolean fits(Tensor rows, long end, Tensor room) {
        return end <= room.size(0)
                && room.is_cuda() == rows.is_cuda()
                && commonType(rows, room) == room.scalar_type().intern();
    }

    /** The type of both together, as PyTorch's {@code cat} has it. */
    private static ScalarType commonType(Tensor a, Tensor b) {
        return torch.promoteTypes(a.scalar_type(), b.scalar_type()).intern();
    }

    /**
     * Increases the capacity to at least {@code end} rows and to twice as many as before, on the device of the new rows, in the type of all
     * rows.
     */
    private Tensor grow(Tensor like, long end) {
        long[] shape = like.shape();
        shape[0] = buffer == null ? end : Math.max(end, 2 * buffer.size(0));
        Tensor larger = torch.empty(
                shape,
                new TensorOptions(commonType(like, buffer == null ? like : buffer))
                        .device(new DeviceOptional(like.device())),
                new MemoryFormatOptional());
        if (buffer != null) larger.narrow(0, 0, count).copy_(all());
        return replace(larger);
    }

    private Tensor replace(Tensor by) {
        Handles.own(by);
        if (buffer != null) buffer.close();
        return buffer = by;
    }

    /** Replaces the rows by a tensor, which this object owns from now on. */
    void set(Tensor rows) {
        replace(rows);
        count = rows.size(0);
    }

    /** Whether there were rows since the reset, or batches without rows, whose shape later rows have, too. */
    boolean isUsed() {
        return buffer != null;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** All rows, of which there must be some, or a batch without rows: a view in the native scope of the caller. */
    Tensor all() {
        return Objects.requireNonNull(buffer).narrow(0, 0, count);
    }

    /** Removes and frees the rows. */
    void reset() {
        count = 0;
        if (buffer != null) buffer.close();
        buffer = null;
    }

    @Override
    public void close() {
        reset();
    }
}
