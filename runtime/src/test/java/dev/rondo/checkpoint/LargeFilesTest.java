package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Memory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A tensor above 2 GiB, and behind it another one. {@code -Dtests.large=true} runs it. */
@EnabledIfSystemProperty(named = "tests.large", matches = "true", disabledReason = "takes 5 GiB of disk and memory")
@ExtendWith(InScope.class)
class LargeFilesTest {
    private static final long LARGE = (1L << 31) + 5, TOTAL = LARGE + 4;

    @TempDir
    Path folder;

    private static byte at(Tensor bytes, long position) {
        return Memory.bytes(bytes, position, 1).get();
    }

    private static void assertMarks(Path file) throws IOException {
        try (NamedTensors read = Safetensors.read(file)) {
            Tensor large = read.tensors().get("large");
            assertEquals(LARGE, large.numel());
            assertEquals(1, at(large, 0));
            assertEquals(2, at(large, Integer.MAX_VALUE + 1L));
            assertEquals(3, at(large, LARGE - 1));
            assertEquals(1.5f, read.tensors().get("behind").item_float());
        }
    }

    private static void mark(RandomAccessFile file, long position, int... bytes) throws IOException {
        file.seek(position);
        for (int b : bytes) file.write(b);
    }

    @Test
    void aTensorAbove2GiBIsReadAndWritten() throws IOException {
        byte[] header = ("{\"large\":{\"dtype\":\"U8\",\"shape\":[" + LARGE + "],\"data_offsets\":[0," + LARGE
                        + "]},\"behind\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[" + LARGE + "," + TOTAL
                        + "]}}")
                .getBytes(StandardCharsets.US_ASCII);
        Path sparse = folder.resolve("sparse.safetensors");
        long data = 8 + header.length;
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            file.write(header);
            mark(file, data, 1);
            mark(file, data + Integer.MAX_VALUE + 1L, 2);
            mark(file, data + LARGE - 1, 3, 0, 0, 0xc0, 0x3f); // and 1.5f
        }
        assertMarks(sparse);
        Path written = folder.resolve("written.safetensors");
        try (NamedTensors read = Safetensors.read(sparse)) {
            Safetensors.write(written, read.tensors(), Map.of());
        }
        assertTrue(Files.size(written) > TOTAL);
        assertMarks(written);
    }
}
