package dev.rondo.torch;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** The memory of a tensor, as it lies there. */
public final class Memory {
    private Memory() {}

    /**
     * A part of a tensor's memory: a view, to be read and written only as long as the tensor lives. In the byte order of the machine.
     *
     * @param tensor on the CPU, contiguous
     * @param offset where the part begins, in bytes
     * @param length how many bytes it has; both within {@link Tensor#nbytes}
     */
    public static ByteBuffer bytes(Tensor tensor, long offset, int length) {
        if (!tensor.is_cpu() || !tensor.is_contiguous()) {
            throw new IllegalArgumentException("Only a contiguous tensor on the CPU has bytes to look at.");
        }
        if (offset < 0 || length < 0 || offset > tensor.nbytes() - length) {
            throw new IndexOutOfBoundsException(
                    offset + " and " + length + " bytes of a tensor that has " + tensor.nbytes());
        }
        if (length == 0) return ByteBuffer.allocate(0);
        return new BytePointer(tensor.data_ptr())
                .position(offset)
                .limit(offset + length)
                .asByteBuffer();
    }
}
