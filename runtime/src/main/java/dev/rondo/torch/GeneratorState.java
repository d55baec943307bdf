package dev.rondo.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are the state of a generator, as {@code Generator.get_state} returns it. libtorch checks only a part: it takes a position
 * from which the next number would be read beyond the end of the state.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.10.0/aten/src/ATen/CPUGeneratorImpl.cpp">the layout on the CPU</a>
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.10.0/aten/src/ATen/cuda/CUDAGeneratorImpl.cpp">the layout on CUDA</a>
 */
final class GeneratorState {
    /** The number of words of a Mersenne Twister. */
    private static final int WORDS = 624;

    // places in the state of a generator of the CPU
    private static final int LEFT = 8;
    private static final int SEEDED = 12;
    private static final int NEXT = 16;
    private static final int FIRST_WORD = 24;
    private static final int NORMAL = FIRST_WORD + WORDS * Long.BYTES; // float64: x, y, rho; only y is in use
    private static final int HAS_NORMAL = NORMAL + 3 * Double.BYTES;
    private static final int FLOAT_NORMAL = HAS_NORMAL + 2 * Integer.BYTES;
    private static final int HAS_FLOAT_NORMAL = FLOAT_NORMAL + Float.BYTES;
    private static final int CPU_BYTES = HAS_FLOAT_NORMAL + 4;

    private static final int OFFSET = 8; // in the state of a generator of CUDA, after the seed
    private static final int CUDA_BYTES = 16;

    private GeneratorState() {}

    /** @throws IllegalArgumentException if it is not a state of a generator of the CPU */
    static void checkCpu(String name, @Nullable Tensor state) {
        ByteBuffer bytes = bytes(name, state, CPU_BYTES);
        int left = bytes.getInt(LEFT);
        long next = bytes.getLong(NEXT);
        boolean fresh = left == 1 && next == 0;
        // After the first number, the next word and the number of words that are left add up.
        if (!fresh && (left < 1 || left > WORDS || next != WORDS + 1 - left)) {
            throw wrong(name, "the position of its next number is impossible");
        }
        if (bytes.getInt(SEEDED) != 1) throw wrong(name, "it has no seed");
        for (int i = 0; i < WORDS; i++) {
            if (bytes.getLong(FIRST_WORD + i * Long.BYTES) >>> Integer.SIZE != 0) {
                throw wrong(name, "its word " + i + " has more than 32 bits");
            }
        }
        int normal = bytes.getInt(HAS_NORMAL), floatNormal = bytes.get(HAS_FLOAT_NORMAL);
        if (normal < 0 || normal > 1 || floatNormal < 0 || floatNormal > 1) {
            throw wrong(name, "it has neither a normal number in store nor none");
        }
        if (!Double.isFinite(bytes.getDouble(NORMAL + Double.BYTES)) || !Float.isFinite(bytes.getFloat(FLOAT_NORMAL))) {
            throw wrong(name, "the normal number that it has in store is not finite");
        }
    }

    /** @throws IllegalArgumentException if it is not a state of a generator of CUDA */
    static void checkCuda(String name, @Nullable Tensor state) {
        long offset = bytes(name, state, CUDA_BYTES).getLong(OFFSET);
        if (offset < 0 || offset % 4 != 0) throw wrong(name, "its offset " + offset + " is not a multiple of 4 from 0");
    }

    private static ByteBuffer bytes(String name, @Nullable Tensor state, int count) {
        boolean fits = state != null
                && !state.isNull()
                && state.defined()
                && state.is_cpu()
                && state.scalar_type().intern() == ScalarType.Byte
                && state.dim() == 1
                && state.size(0) == count
                && state.is_contiguous();
        if (!fits) {
            throw wrong(
                    name,
                    "it has " + count + " bytes, a contiguous vector of uint8 on the CPU, not " + TensorText.of(state));
        }
        return state.<ByteBuffer>createBuffer().order(ByteOrder.nativeOrder());
    }

    private static IllegalArgumentException wrong(String name, String why) {
        return new IllegalArgumentException(
                "The saved state of the random generator '" + name + "' is damaged: " + why + ".");
    }
}
