package dev.rondo.torch;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** Access to the memory of tensors. */
public final class Memory {
    private Memory() {}

    /**
     * A view of a part of a tensor's memory, in the machine's byte order. Use it only while the tensor is open.
     *
     * @param tensor a contiguous tensor on the CPU
     * @param offset the first byte of the part
     * @param length the number of bytes; the part must be inside {@link Tensor#nbytes}
     * @throws IllegalArgumentException if the tensor is not on the CPU or not contiguous
     * @throws IndexOutOfBoundsException if the part is not inside the tensor
     */
    public static ByteBuffer bytes(Tensor tensor, long offset, int length) {
        if (!tensor.is_cpu() || !tensor.is_contiguous()) {
            throw new IllegalArgumentException("Only the bytes of a contiguous tensor on the CPU can be accessed.");
        }
        if (offset < 0 || length < 0 || offset > tensor.nbytes() - length) {
            throw new IndexOutOfBoundsException(
                    offset + " and " + length + " bytes of a tensor that has " + tensor.nbytes());
        }
        if (length == 0) return ByteBuffer.allocate(0);
        // not position(offset), because asByteBuffer ends 2 GiB after the address of the pointer
        return new BytePointer(tensor.data_ptr())
                .getPointer(offset)
                .capacity(length)
                .asByteBuffer();
    }
}
