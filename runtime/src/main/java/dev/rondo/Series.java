package dev.rondo;

import dev.rondo.spi.CallbackState;
import dev.rondo.torch.HostRead;
import dev.rondo.torch.NoGrad;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
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
 * Numbers from a device, in rows of the same length, one row for each batch. They are written to a buffer on the device, and copied to the
 * host together when they are read or when the buffer is full. Single numbers from the CPU are read at once.
 */
public final class Series implements AutoCloseable, CallbackState {
    private static final int ROWS = 1024;

    private int columns;
    private int rows;
    private @Nullable Tensor buffer;
    private int width; // of the buffer
    private int fetched;
    private float[] values = {};

    /** Removes all rows. */
    public void reset() {
        rows = 0;
        fetched = 0;
    }

    /** Adds a row, of shape (columns) or a scalar, without waiting for the device. */
    public void add(Tensor row) {
        if (rows == 0) columns = Math.toIntExact(row.numel());
        if (columns == 1 && !row.is_cuda()) {
            addOnHost(row.item_float());
            return;
        }
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (rows - fetched == ROWS) fetch();
            Tensor to = buffer;
            if (to == null || width != columns || to.is_cuda() != row.is_cuda()) to = make(row);
            to.select(0, rows - fetched).copy_(row);
            rows++;
        }
    }

    /** On the CPU, reading a number waits for nothing and costs less than a copy. */
    private void addOnHost(float number) {
        fetch();
        if (rows == values.length) values = Arrays.copyOf(values, Math.max(64, 2 * rows));
        values[rows++] = number;
        fetched = rows;
    }

    private Tensor make(Tensor like) {
        close();
        width = columns;
        Tensor made = torch.empty(
                new long[] {ROWS, columns},
                new TensorOptions(ScalarType.Float).device(new DeviceOptional(like.device())),
                new MemoryFormatOptional());
        made.retainReference();
        buffer = made;
        return made;
    }

    private void fetch() {
        if (fetched == rows) return;
        int end = rows * columns, start = fetched * columns;
        if (end > values.length) values = Arrays.copyOf(values, Math.max(end, 2 * values.length));
        try (HostRead read = HostRead.of("series");
                NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            FloatBuffer host = Objects.requireNonNull(buffer)
                    .narrow(0, 0, rows - fetched)
                    .cpu()
                    .createBuffer();
            host.get(values, start, end - start);
        }
        fetched = rows;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number at a row and column. Waits for the device if it was not copied yet. */
    public float value(int row, int column) {
        if (row >= fetched) fetch();
        return values[row * columns + column];
    }

    /** The numbers of a column. Waits for the device. */
    public double[] column(int column) {
        fetch();
        double[] numbers = new double[rows];
        for (int i = 0; i < rows; i++) numbers[i] = values[i * columns + column];
        return numbers;
    }

    @Override
    public Map<String, @Nullable Object> saveState() {
        fetch();
        Tensor all = torch.tensor(Arrays.copyOf(values, rows * columns));
        return Map.of("rows", all.reshape(rows, rows == 0 ? 0 : columns));
    }

    @Override
    public void loadState(Map<String, @Nullable Object> state) {
        if (!(state.get("rows") instanceof Tensor saved) || saved.dim() != 2) {
            throw new IllegalArgumentException("A series of numbers is saved as a tensor of rows, not " + state + ".");
        }
        rows = fetched = Math.toIntExact(saved.size(0));
        columns = Math.toIntExact(saved.size(1));
        values = new float[rows * columns];
        if (values.length > 0) saved.<FloatBuffer>createBuffer().get(values);
        saved.close();
    }

    /** Frees the buffer after copying its numbers to the host. */
    @Override
    public void close() {
        fetch();
        if (buffer != null) buffer.close();
        buffer = null;
    }
}
