package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class MemoryTest {
    /** Most of the tensor is never touched, so it takes addresses but no memory. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5, Integer.MAX_VALUE - 3L, Integer.MAX_VALUE + 50L})
    void theBytesOfALargeTensorAreThoseAtTheOffset(long offset) {
        Tensor large = torch.empty(
                new long[] {Integer.MAX_VALUE + 100L}, new TensorOptions(ScalarType.Byte), new MemoryFormatOptional());
        Memory.bytes(large, offset, 2).put(new byte[] {3, 4});
        assertEquals(3, large.narrow(0, offset, 1).item_int());
        assertEquals(4, large.narrow(0, offset + 1, 1).item_int());
    }
}
