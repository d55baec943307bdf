package dev.rondo.checkpoint;

import static dev.rondo.checkpoint.TorchFiles.archive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files with random damage are read or refused with one sentence, with little memory, and never in another way. {@code -Dfuzz.files=20000
 * -Dfuzz.seed=7} makes more and other files. {@code compare_with_reference.py} compares what is read with the reference.
 */
@ExtendWith(InScope.class)
class FuzzedFilesTest {
    private static final int FILES = Integer.getInteger("fuzz.files", 200);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long CONSTANT_HEAP = 4 << 20;
    /** An entry of an archive takes about 100 bytes, and as many for each of some objects in Java. */
    private static final int HEAP_GROWTH = 64, NATIVE_GROWTH = 100;
    /** What is put into the header of a safetensors file. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "0",
            "-1",
            "1e9",
            "18446744073709551616",
            "null",
            "\\ud800",
            "\uFEFF",
            "[[[[",
            "\"a\":",
            "\"dtype\":\"F4\"",
            "\"shape\":[0,4611686018427387904]",
            "\"data_offsets\":[0,0]",
            "F64",
            "\n");

    @TempDir
    Path folder;

    /** Damages bytes in one of several ways. */
    private static byte[] mutant(byte[] right, Random random) {
        byte[] mutant = right.clone();
        int at = random.nextInt(mutant.length), other = random.nextInt(mutant.length);
        switch (random.nextInt(5)) {
            case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutant[at] = (byte) random.nextInt();
            case 2 -> mutant = Arrays.copyOf(mutant, at);
            case 3 -> System.arraycopy(right, other, mutant, at, Math.min(16, mutant.length - Math.max(at, other)));
            default -> Arrays.fill(mutant, at, Math.min(at + 8, mutant.length), (byte) -random.nextInt(2));
        }
        return mutant;
    }

    /** Damages the header of a safetensors file as text, and sets its length so that it is parsed. */
    private static byte[] mutantOfHeader(byte[] right, Random random) {
        ByteBuffer file = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong();
        StringBuilder header = new StringBuilder(new String(right, 8, length, StandardCharsets.UTF_8));
        for (int n = 1 + random.nextInt(3); n > 0 && header.length() > 0; n--) {
            int at = random.nextInt(header.length());
            int end = random.nextBoolean() ? at : Math.min(header.length(), at + 1 + random.nextInt(8));
            header.replace(at, end, random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())));
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + right.length - 8 - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(right, 8 + length, right.length - 8 - length)
                .array();
    }

    /** Reads a mutant: it must be read or refused, with little memory. */
    private Map<String, Tensor> readOrRefused(byte[] mutant) throws IOException {
        Path file = Files.write(folder.resolve("mutant"), mutant);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        try {
            NamedTensors read = WeightsFile.read(file);
            long bytes = read.tensors().values().stream()
                    .mapToLong(t -> t.storage().nbytes())
                    .sum();
            assertTrue(bytes
                    <= (long) NATIVE_GROWTH
                            * mutant.length
                            * Math.max(read.tensors().size(), 1));
            return read.tensors();
        } catch (WeightsFileException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused::getMessage);
            return Map.of();
        } finally {
            long heap = thread.getCurrentThreadAllocatedBytes() - before;
            assertTrue(heap < CONSTANT_HEAP + (long) HEAP_GROWTH * mutant.length, () -> heap + " bytes of heap");
        }
    }

    private byte[] safetensors() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ScalarType type : List.of(ScalarType.Float, ScalarType.Half, ScalarType.Long, ScalarType.Bool)) {
            tensors.put("of " + type, Tensors.floats(0, 1, 2, 3, 4, 5).to(type).view(2, 3));
        }
        tensors.put("scalar", Tensors.floats(1).view());
        tensors.put("empty", torch.zeros(0, 5));
        Path file = folder.resolve("right.safetensors");
        Safetensors.write(file, tensors, Map.of("format", "pt", "ü", "\uD83D\uDE00"));
        return Files.readAllBytes(file);
    }

    @Test
    void aMutantOfASafetensorsFileIsReadOrRefused() throws IOException {
        byte[] right = safetensors();
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 5 * FILES; i++) {
            byte[] mutant = i % 4 == 0 ? mutant(right, random) : mutantOfHeader(right, random);
            try (PointerScope memory = new PointerScope()) {
                Map<String, Tensor> tensors = readOrRefused(mutant);
                if (!tensors.isEmpty()) read++;
                tensors.values().forEach(Tensor::close);
            }
        }
        assertTrue(read > FILES / 10, read + " mutants were read, too few to show anything");
    }

    @ParameterizedTest
    @MethodSource("torchFiles")
    void aMutantOfAFileOfTorchIsReadRightOrRefused(String name) throws IOException {
        byte[] right = Files.readAllBytes(TorchFiles.file(name));
        Random random = new Random(SEED);
        try (NamedTensors expected = TorchFile.read(TorchFiles.file(name))) {
            for (int i = 0; i < FILES; i++) {
                try (PointerScope memory = new PointerScope()) {
                    readOrRefused(mutant(right, random)).forEach((tensor, value) -> {
                        assertTrue(value.equal(expected.tensors().get(tensor)), tensor);
                        value.close();
                    });
                }
            }
        }
    }

    /** The sums of the archive are right here, so that the damage reaches the pickle. */
    @ParameterizedTest
    @MethodSource("torchFiles")
    void aMutantOfAPickleIsReadOrRefused(String name) throws IOException {
        Map<String, byte[]> storages = new LinkedHashMap<>();
        byte[] pickle = new byte[0];
        try (ZipFile zip = new ZipFile(TorchFiles.file(name).toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith("/data.pkl")) pickle = bytes;
                else if (entry.getName().contains("/data/"))
                    storages.put(entry.getName().replaceFirst(".*/", ""), bytes);
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < FILES; i++) {
            try (PointerScope memory = new PointerScope()) {
                readOrRefused(archive(mutant(pickle, random), storages))
                        .values()
                        .forEach(Tensor::close);
            }
        }
    }

    /** Each of these files takes a way through the readers that none before it takes; see {@link FuzzTarget}. */
    @Test
    void aFileThatJazzerFoundIsReadOrRefused() throws IOException {
        int files = 0;
        try (ZipFile zip = new ZipFile(TorchFiles.file("found_by_jazzer.zip").toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (PointerScope memory = new PointerScope()) {
                    readOrRefused(zip.getInputStream(entry).readAllBytes())
                            .values()
                            .forEach(Tensor::close);
                }
                files++;
            }
        }
        assertTrue(files > 400);
    }

    static List<String> torchFiles() {
        return List.of("state_dict.pt", "protocol4.pt", "views.pt", "values.pt", "compressed.pt");
    }
}
