package dev.rondo;

import static java.util.Objects.requireNonNull;

import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.ObjectText;
import dev.rondo.spi.CallbackState;
import dev.rondo.torch.DeviceWait;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.TensorText;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Records numbers for each batch without waiting for the device: for callbacks that follow a quantity through a fit. A row is written into a
 * buffer on its device. The host fetches the new rows together, when they are read or when the buffer of 1024 rows is full. All rows have
 * the same length, float32. Single numbers on the CPU are read at once. It belongs to one thread, and can be a {@link
 * dev.rondo.annotation.Checkpointed} field.
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

    /** Adds a row, (columns) or a scalar, without waiting for its device. */
    public void add(Tensor row) {
        if (rows == 0) columns = Math.toIntExact(row.numel());
        if (columns == 1 && !row.is_cuda()) {
            addOnHost(row.item_float());
            return;
        }
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (rows - fetched == ROWS) fetch();
            if (buffer == null || width != columns || buffer.is_cuda() != row.is_cuda()) make(row);
            requireNonNull(buffer).select(0, rows - fetched).copy_(row);
            rows++;
        }
    }

    /** On the CPU, reading a number costs less than a copy. */
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
        try (DeviceWait read = DeviceWait.of("series");
                NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            FloatBuffer host =
                    requireNonNull(buffer).narrow(0, 0, rows - fetched).cpu().createBuffer();
            host.get(values, start, end - start);
        }
        fetched = rows;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** A number. Waits for the device if it has not been fetched. */
    @WaitsForDevice
    public float value(int row, int column) {
        if (row >= fetched) fetch();
        return values[row * columns + column];
    }

    /** The numbers of a column. Waits for the device. */
    @WaitsForDevice
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
        load(state, -1);
    }

    /** @param length the length that the rows must have; -1 for any */
    void load(Map<String, @Nullable Object> state, int length) {
        Tensor saved = saved(state);
        if (length >= 0 && saved.size(0) > 0 && saved.size(1) != length) {
            throw new IllegalArgumentException("The rows of this series have the length " + length
                    + ", those that were saved " + saved.size(1) + ".");
        }
        rows = fetched = (int) saved.size(0);
        columns = (int) saved.size(1);
        values = new float[rows * columns];
        if (values.length > 0) saved.<FloatBuffer>createBuffer().get(values);
        saved.close();
    }

    /** The tensor of a state, which may come from a damaged file. */
    private static Tensor saved(Map<String, @Nullable Object> state) {
        if (!state.keySet().equals(Set.of("rows"))) {
            throw new IllegalArgumentException(
                    "A series of numbers is saved as 'rows', not as " + state.keySet() + ".");
        }
        Object rows = state.get("rows");
        boolean fits = rows instanceof Tensor saved
                && !saved.isNull()
                && saved.defined()
                && saved.dim() == 2
                && saved.is_cpu()
                && saved.is_contiguous()
                && saved.scalar_type().intern() == ScalarType.Float
                && saved.size(0) <= Integer.MAX_VALUE
                && saved.size(1) <= Integer.MAX_VALUE
                && saved.numel() <= Integer.MAX_VALUE - 8; // the length of an array
        if (fits) return (Tensor) rows;
        throw new IllegalArgumentException(
                "The rows of a series of numbers are a contiguous tensor [rows, columns] of float32 on the CPU, not "
                        + (rows == null || rows instanceof Tensor ? TensorText.of((Tensor) rows) : ObjectText.of(rows))
                        + ".");
    }

    /** Fetches what is in the buffer, then frees the buffer. */
    @Override
    public void close() {
        fetch();
        if (buffer != null) buffer.close();
        buffer = null;
    }

    /** The size; does not wait for the device. */
    @Override
    public String toString() {
        return "Series[rows=" + rows + ", columns=" + columns + "]";
    }
}
