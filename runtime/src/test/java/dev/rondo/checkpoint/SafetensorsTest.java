package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class SafetensorsTest {
    /** As the reference implementation writes it: int64 before float32, and the header padded to a multiple of eight. */
    private static final String HEADER =
            "{\"__metadata__\":{\"format\":\"pt\"},\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                    + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                    + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[16,28]}}";

    private static final String F32 = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

    @TempDir
    Path folder;

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    /** The file with this header, byte by byte. */
    private static byte[] byHand() {
        ByteBuffer data = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(-7);
        for (float f : new float[] {1.5f, -2, 3, 4, 5.25f}) data.putFloat(f);
        return file(HEADER + " ".repeat(-HEADER.length() & 7), data.array());
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("model.safetensors"), content);
    }

    @Test
    void aFileLaidOutByHandIsRead() throws IOException {
        try (NamedTensors read = Safetensors.read(write(byHand()))) {
            assertEquals(List.of("n", "b", "w"), List.copyOf(read.tensors().keySet()));
            assertEquals(Map.of("format", "pt"), read.metadata());
            assertEquals(-7, read.tensors().get("n").item_long());
            assertArrayEquals(
                    new float[] {1.5f, -2}, Tensors.values(read.tensors().get("b")));
            assertArrayEquals(new long[] {1, 3}, read.tensors().get("w").shape());
            assertArrayEquals(
                    new float[] {3, 4, 5.25f}, Tensors.values(read.tensors().get("w")));
        }
    }

    @Test
    void itIsWrittenToTheSameBytes() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensors.floats(3, 4, 5.25).view(1, 3));
        tensors.put("n", Tensors.longs(-7).view());
        tensors.put("b", Tensors.floats(1.5, -2));
        Path file = folder.resolve("new/folder/model.safetensors");
        Safetensors.write(file, tensors, Map.of("format", "pt"));
        assertArrayEquals(byHand(), Files.readAllBytes(file));
    }

    @Test
    void allElementTypesAreReadAsTheyWereWritten() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ScalarType type : List.of(
                ScalarType.Double,
                ScalarType.Float,
                ScalarType.Half,
                ScalarType.BFloat16,
                ScalarType.Float8_e4m3fn,
                ScalarType.Float8_e5m2,
                ScalarType.ComplexFloat,
                ScalarType.Long,
                ScalarType.Int,
                ScalarType.Short,
                ScalarType.Char,
                ScalarType.Byte,
                ScalarType.Bool)) {
            tensors.put(
                    "of \"" + type + "\" ü",
                    Tensors.floats(0, 1, 2, 100).to(type).view(2, 2));
        }
        tensors.put("turned", Tensors.count(3, 4).t());
        tensors.put("empty", torch.zeros(0, 5));
        tensors.put("trained", Tensors.floats(1, 2).set_requires_grad(true));
        Path file = folder.resolve("all.safetensors");
        Safetensors.write(file, tensors, Map.of());
        try (NamedTensors read = Safetensors.read(file)) {
            assertEquals(tensors.keySet(), Map.copyOf(read.tensors()).keySet());
            tensors.forEach((name, tensor) -> {
                Tensor back = read.tensors().get(name);
                assertEquals(tensor.scalar_type().intern(), back.scalar_type().intern(), name);
                assertTrue(tensor.equal(back), name);
            });
        }
    }

    @Test
    void anEarlierFileIsReplacedCompletely_orKept() throws IOException {
        Path file = write(byHand());
        Tensor complex = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.ComplexDouble));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Safetensors.write(file, Map.of("z", complex), Map.of()))
                .getMessage();
        assertEquals("The tensor 'z' has elements of type complex128, which a safetensors file cannot hold.", message);
        assertArrayEquals(byHand(), Files.readAllBytes(file));
        Safetensors.write(file, Map.of("a", Tensors.floats(1)), Map.of());
        try (NamedTensors read = Safetensors.read(file);
                Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of("a"), List.copyOf(read.tensors().keySet()));
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void aFolderOfTheSameNameLeavesNoTemporaryFile() throws IOException {
        Path file = folder.resolve("taken");
        Files.createDirectories(file.resolve("inside"));
        assertThrows(IOException.class, () -> Safetensors.write(file, Map.of("a", Tensors.floats(1)), Map.of()));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    private void assertRejected(byte[] content, String sentence) throws IOException {
        Path file = write(content);
        String message = assertThrows(WeightsFileException.class, () -> Safetensors.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + " "), message);
        assertTrue(message.contains(sentence), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aFileWithoutALengthIsRejected() throws IOException {
        assertRejected(new byte[0], "is empty.");
        assertRejected(new byte[7], "is neither a safetensors file nor one of torch.save");
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 100_000_001, 0xffff_ffffL})
    void anImpossibleLengthIsRejected(long length) throws IOException {
        byte[] file = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put("{}".getBytes(StandardCharsets.US_ASCII))
                .array();
        assertRejected(file, "its header should have " + length + " bytes, but the file has 10.");
    }

    static Stream<List<String>> badHeaders() {
        return Stream.of(
                List.of("", "is neither a safetensors file nor"),
                List.of("[1]", "is neither a safetensors file nor"),
                List.of("null", "is neither a safetensors file nor"),
                List.of("\uFEFF{}", "its header is not a JSON object"),
                List.of("{} x", "its header is not a JSON object"),
                List.of("{}{}", "its header is not a JSON object"),
                List.of("{}\0", "its header is not a JSON object"),
                List.of("{\0", "its header is not a JSON object"),
                List.of("{/**/}", "its header is not a JSON object"),
                List.of("{\"a\":1,\"a\":1}".replace("1", F32), "its header has 'a' twice."),
                List.of("{\"a\":null}", "'a' is not an object"),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        "its header has 'dtype' twice in the entry of 'a'."),
                List.of("{\"a\":", "its header is not a JSON object"),
                List.of("{\"a\":1}", "the header entry of 'a' is not an object"),
                List.of("{\"a\":{\"shape\":[],\"data_offsets\":[0,4]}}", "'a' has no dtype"),
                List.of(
                        "{\"a\":{\"dtype\":\"F6_E2M3\",\"shape\":[4],\"data_offsets\":[0,3]}}",
                        "holds 'a' with elements of type F6_E2M3, which libtorch does not have."),
                List.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "has no shape"),
                List.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "has no shape"),
                List.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "does not have two data_offsets"),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
                        "does not have two data_offsets"),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                        "has 4 bytes, which do not fit"),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}",
                        "has a shape beyond 64 bits."),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904,4],\"data_offsets\":[0,0]}}",
                        "has a shape beyond 64 bits."),
                List.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "begin at 4, but"),
                List.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        "begin at 0, but those before it end at 4"),
                List.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "is cut short"),
                List.of("{}", "is damaged: its header says 0 bytes of data, but there are 4."),
                List.of("{\"__metadata__\":{\"a\":1}}", "its metadata are not texts"));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void aWrongHeaderIsRejected(List<String> headerAndSentence) throws IOException {
        assertRejected(file(headerAndSentence.get(0), new byte[4]), headerAndSentence.get(1));
    }

    @Test
    void aTruncatedFileIsRejected() throws IOException {
        byte[] whole = byHand();
        for (int n = 0; n < whole.length; n++) {
            Path file = write(Arrays.copyOf(whole, n));
            assertThrows(WeightsFileException.class, () -> Safetensors.read(file));
        }
    }

    private static String entry(String dtype, String shape, int size, String more) {
        return "{\"a\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[0," + size + "]" + more
                + "}}";
    }

    private static String nested(int levels) {
        return ",\"x\":" + "[".repeat(levels) + "]".repeat(levels);
    }

    static Stream<String> headersThatTheReferenceReads() {
        return Stream.of(
                " \n\t\r{\"a\":F32}",
                " ".repeat(600) + "{\"a\":F32}",
                "{\"a\":F32} \n ",
                "{\"__metadata__\":null,\"a\":F32}",
                "{\"\\u0061\":F32}",
                entry("F32", "[1]", 4, nested(125)),
                entry("F32", "[1]", 4, ",\"x\":{\"y\":[0e999,1e-999,0." + "9".repeat(4000) + "]}"),
                entry("F32", "[1]", 4, ",\"" + "n".repeat(60_000) + "\":null"),
                entry("F32", "[1" + ",1".repeat(99) + "]", 4, ""),
                entry("F4", "[4,2]", 4, ""),
                entry("F8_E8M0", "[4]", 4, ""),
                entry("U16", "[2]", 4, ""));
    }

    @ParameterizedTest
    @MethodSource("headersThatTheReferenceReads")
    void whatTheReferenceImplementationReadsIsRead(String header) throws IOException {
        try (NamedTensors read = Safetensors.read(write(file(header.replace(":F32", ":" + F32), new byte[4])))) {
            assertEquals(List.of("a"), List.copyOf(read.tensors().keySet()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0,2305843009213693952,2]", "[9223372036854775807,0]", "[4294967296,2147483648,0]"})
    void aTensorWithoutElementsMayHaveLongDimensions(String shape) throws IOException {
        try (NamedTensors read = Safetensors.read(write(file(entry("F32", shape, 0, ""), new byte[0])))) {
            assertEquals(0, read.tensors().get("a").numel());
        }
    }

    static Stream<List<String>> headersThatTheReferenceRefuses() {
        return Stream.of(
                List.of(entry("F32", "[1]", 4, nested(126)), "its header is nested deeper than 127 levels."),
                List.of(entry("F32", "[1]", 4, ",\"x\":1e999"), "its header has a number that is too large."),
                List.of(entry("F32", "[1]", 4, ",\"x\":\"\\ud800\""), "has the text '?', which is not Unicode."),
                List.of("{\"\\udc00\":" + F32 + "}", "has the text '?', which is not Unicode."),
                List.of(entry("F32", "[-0]", 0, ""), "has no shape of non-negative integers"),
                List.of(entry("F32", "[1e0]", 4, ""), "has no shape of non-negative integers"),
                List.of(entry("F32", "[01]", 4, ""), "its header is not a JSON object"),
                List.of(entry("F32", "[0,9223372036854775808]", 0, ""), "has no shape of non-negative integers"),
                List.of(entry("F32", "[4294967296,4294967296,0]", 0, ""), "has a shape beyond 64 bits."),
                List.of(entry("F4", "[8,1]", 4, ""), "which do not fit its dtype and shape"),
                List.of(entry("F4", "[]", 0, ""), "which do not fit its dtype and shape"),
                List.of("{\"__metadata__\":{\"a\":null}}", "its metadata are not texts"),
                List.of("{\"a\":[\"F32\",[1],[0,4]]}", "the header entry of 'a' is not an object"),
                List.of("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", "its header has 'a' twice in the metadata."),
                List.of(entry("F32", "[1]", 4, ",\"x\":{\"y\":1,\"y\":2}"), "has 'y' twice in the entry of 'a'."));
    }

    /** The last three are read by it, though the format does not allow them. */
    @ParameterizedTest
    @MethodSource("headersThatTheReferenceRefuses")
    void whatTheReferenceImplementationOrTheFormatRefusesIsRefused(List<String> headerAndSentence) throws IOException {
        assertRejected(file(headerAndSentence.get(0), new byte[4]), headerAndSentence.get(1));
    }

    /** make_torch_files.py wrote it, with all element types of the format that libtorch has. */
    @Test
    void aFileOfTheReferenceImplementationIsWrittenToTheSameBytes() throws IOException {
        Path theirs = TorchFiles.file("reference.safetensors"), ours = folder.resolve("ours.safetensors");
        try (NamedTensors read = Safetensors.read(theirs)) {
            assertEquals(22, read.tensors().size());
            Safetensors.write(ours, read.tensors(), read.metadata());
        }
        assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours));
    }

    @Test
    void aNameThatIsNotUnicodeIsNotWritten() {
        Map<String, Tensor> tensors = Map.of("a\uD800", Tensors.floats(1));
        assertEquals(
                "The name 'a?' has half of a surrogate pair, which a safetensors file cannot hold.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Safetensors.write(folder.resolve("x"), tensors, Map.of()))
                        .getMessage());
    }

    @Test
    void aMissingFileIsAnErrorOfTheFileSystem() {
        assertThrows(NoSuchFileException.class, () -> Safetensors.read(folder.resolve("none")));
    }

    @Test
    void readingLeavesNoNativeMemory() throws Exception {
        Path file = write(byHand());
        Path damaged = Files.write(folder.resolve("damaged"), Arrays.copyOf(byHand(), byHand().length - 1));
        Safetensors.read(file).close();
        long before = Tensors.handles();
        for (int i = 0; i < 5; i++) {
            try (PointerScope memory = new PointerScope()) {
                Safetensors.read(file).close();
                assertThrows(IOException.class, () -> Safetensors.read(damaged));
            }
        }
        assertEquals(before, Tensors.handles());
    }
}
