package dev.rondo.metric;

import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The rows of all batches, in one tensor on their device, which doubles when it is full: one handle, whatever the number of batches. */
final class Rows implements AutoCloseable {
    private Tensor buffer;
    private long count;

    /**
     * Appends copies of the rows of a tensor.
     *
     * @throws IllegalArgumentException if they are of another shape than those before
     */
    void add(Tensor rows) {
        long end = count + rows.size(0);
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            if (buffer == null) {
                grow(rows, end);
            } else {
                check(rows);
                if (end > buffer.size(0)) grow(rows, Math.max(end, 2 * buffer.size(0)));
            }
            buffer.narrow(0, count, rows.size(0)).copy_(rows);
        }
        count = end;
    }

    private void check(Tensor rows) {
        if (Arrays.equals(row(rows), row(buffer))) return;
        throw new IllegalArgumentException("The rows of a batch are of shape " + Arrays.toString(row(rows))
                + ", those of batches before of " + Arrays.toString(row(buffer)) + ".");
    }

    private static long[] row(Tensor rows) {
        return Arrays.copyOfRange(rows.shape(), 1, (int) rows.dim());
    }

    private void grow(Tensor like, long capacity) {
        long[] shape = like.shape();
        shape[0] = capacity;
        Tensor larger = like.new_empty(shape);
        if (buffer != null) larger.narrow(0, 0, count).copy_(all());
        larger.retainReference();
        if (buffer != null) buffer.close();
        buffer = larger;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** All rows so far, which must be some: a view, in the scope of the caller. */
    Tensor all() {
        return buffer.narrow(0, 0, count);
    }

    /** Forgets the rows and frees them. */
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
