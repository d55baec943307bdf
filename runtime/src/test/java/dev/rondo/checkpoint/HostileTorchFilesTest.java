package dev.rondo.checkpoint;

import static dev.rondo.checkpoint.TorchFiles.archive;
import static dev.rondo.checkpoint.TorchFiles.pickle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and hostile files: they run nothing, allocate little, and end in a {@link WeightsFileException}. */
@ExtendWith(InScope.class)
class HostileTorchFilesTest {
    @TempDir
    Path folder;

    /** A pickle of {"a": tensor} with a float storage "0" of two elements; the rest are the parts of the tensor. */
    private static String tensor(String length, String offset, String size, String stride) {
        return "\u0080\2}X\1\0\0\0actorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
                + "X\1\0\0\0" + "0X\3\0\0\0cpu" + length + "tQ" + offset + size + stride + "\u0089}tRs.";
    }

    private static final String TWO = "K\2", NONE = "K\0", ONE = "K\1", MINUS_ONE = "J\u00ff\u00ff\u00ff\u00ff";
    private static final String HUGE = "\u008a\10\0\0\0\0\0\0\0\100", MAX = "\u008a\10" + "\u00ff".repeat(7) + "\177";

    static Stream<Arguments> pickles() {
        String class1 = "contains an object of the class ", out = "is damaged: the elements of 'a' are not inside";
        return Stream.of(
                Arguments.of("cposix\nsystem\nX\2\0\0\0id\u0085R.", class1 + "'posix.system'."),
                Arguments.of("\u0080\4\u008c\2os\u008c\6system\u0093.", class1 + "'os.system'."),
                Arguments.of("c__builtin__\neval\n.", class1 + "'builtins.eval'."),
                Arguments.of("cfoo\nBar\n)\u0081.", class1 + "'foo.Bar'."),
                Arguments.of("cfoo\nBar\u001b[31m\n.", class1 + "'foo.Bar?[31m'."),
                Arguments.of("c" + "x".repeat(5000) + "\ny\n.", "is damaged: its pickle is wrong at byte"),
                Arguments.of("(ifoo\nBar\n.", "cannot be read: its pickle has the instruction 0x69"),
                Arguments.of("", "is damaged: its pickle ends in the middle"),
                Arguments.of("}", "is damaged: its pickle ends in the middle"),
                Arguments.of(".", "is damaged: its pickle is wrong"),
                Arguments.of("(.", "is damaged: its pickle is wrong"),
                Arguments.of("u.", "is damaged: its pickle is wrong"),
                Arguments.of("h\7.", "is damaged: its pickle is wrong"),
                Arguments.of("\u0080\6N.", "is damaged: its pickle is wrong"),
                Arguments.of("X\u00ff\u00ff\u00ff\177a.", "is damaged: its pickle ends in the middle"),
                Arguments.of("\u008d" + "\u00ff".repeat(8) + "a.", "is damaged: its pickle ends in the middle"),
                Arguments.of("X\1\0\0\0\u00ff.", "is damaged: its pickle is wrong"),
                Arguments.of("\u008b\u00ff\u00ff\u00ff\177.", "is damaged: its pickle is wrong"),
                Arguments.of("(".repeat(2000) + ".", "cannot be read: its pickle has too many objects."),
                Arguments.of("N".repeat(1_100_000) + ".", "cannot be read: its pickle has too many objects."),
                Arguments.of("]q\0" + "]a".repeat(2_100_000) + ".", "cannot be read: its pickle has too many objects."),
                // a map that contains itself, as value and as key
                Arguments.of("}q\0X\1\0\0\0ah\0s.", "has no dictionary of tensors: there are 'a' (a dictionary"),
                Arguments.of("}q\0h\0Ns.", "contains a dictionary with a key that is neither text nor a number."),
                Arguments.of("]q\0h\0a}h\0Ns.", "contains a dictionary with a key that is neither text nor a number."),
                Arguments.of("N.", "has no dictionary of tensors: there is None."),
                Arguments.of(tensor(MINUS_ONE, NONE, TWO + "\u0085", ONE + "\u0085"), "is damaged: the storage of 'a'"),
                Arguments.of(tensor("K\3", NONE, TWO + "\u0085", ONE + "\u0085"), "is damaged: the storage of 'a'"),
                Arguments.of(tensor(HUGE, NONE, TWO + "\u0085", ONE + "\u0085"), "is damaged: the storage of 'a'"),
                Arguments.of(
                        tensor("N", NONE, TWO + "\u0085", ONE + "\u0085"), "is damaged: its pickle calls a function"),
                Arguments.of(tensor(TWO, MINUS_ONE, TWO + "\u0085", ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, ONE, TWO + "\u0085", ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, MAX, TWO + "\u0085", MAX + "\u0085"), out),
                Arguments.of(tensor(TWO, NONE, "K\3\u0085", ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, NONE, MINUS_ONE + "\u0085", ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, ONE, TWO + "\u0085", MINUS_ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, NONE, TWO + ONE + "\u0086", ONE + "\u0085"), out),
                Arguments.of(tensor(TWO, NONE, HUGE + HUGE + "\u0086", HUGE + HUGE + "\u0086"), out),
                Arguments.of(tensor(TWO, NONE, HUGE + HUGE + "\u0086", NONE + NONE + "\u0086"), out),
                Arguments.of(
                        tensor(TWO, NONE, HUGE + NONE + "\u0086", ONE + ONE + "\u0086")
                                .replace("X\1\0\0\0" + "0X", "X\4\0\0\0../0X"),
                        "is damaged: its archive has no 'm/data/../0'."));
    }

    @ParameterizedTest
    @MethodSource("pickles")
    void aWrongPickleIsRefused(String instructions, String problem) throws IOException {
        Path file = Files.write(folder.resolve("m.pt"), archive(pickle(instructions), Map.of("0", new byte[8])));
        String message = assertThrows(WeightsFileException.class, () -> TorchFile.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + " " + problem), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void thePickleMadeByHandIsReadIfItIsRight() throws IOException {
        byte[] pickle = pickle(tensor(TWO, NONE, TWO + "\u0085", ONE + "\u0085"));
        try (NamedTensors read =
                TorchFile.read(Files.write(folder.resolve("m.pt"), archive(pickle, Map.of("0", new byte[8]))))) {
            assertEquals(List.of("a"), List.copyOf(read.tensors().keySet()));
        }
    }

    @Test
    void aSmallFileDoesNotFillTheMemory() throws IOException {
        byte[] zeros = archive(
                pickle(tensor("\u008a\3\0\0\100", NONE, ONE + "\u0085", ONE + "\u0085")),
                Map.of("0", new byte[1 << 24]));
        String message = assertThrows(
                        WeightsFileException.class, () -> TorchFile.read(Files.write(folder.resolve("m.pt"), zeros)))
                .getMessage();
        assertTrue(message.endsWith("its tensors have more than 100 times as many bytes as the file."), message);
    }

    /** Java's reader of zip files fails in several ways; all are the same for a user. */
    @Test
    void aDamagedArchiveIsRefused() throws IOException {
        byte[] right = Files.readAllBytes(TorchFiles.file("state_dict.pt"));
        byte[] name = right.clone();
        name[name.length - 120] = (byte) 0xff;
        for (byte[] wrong : List.of(pickle("PK\3\4"), pickle("PK\5\6"), name, Arrays.copyOf(right, 1000))) {
            Path file = Files.write(folder.resolve("m.pt"), wrong);
            assertEquals(
                    file + " is damaged or cut short: its zip archive cannot be read.",
                    assertThrows(WeightsFileException.class, () -> TorchFile.read(file))
                            .getMessage());
        }
    }

    private void assertRefused(byte[] content, String problem) throws IOException {
        Path file = Files.write(folder.resolve("m.pt"), content);
        String message = assertThrows(WeightsFileException.class, () -> TorchFile.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + " " + problem), message);
        assertEquals(1, message.lines().count(), message);
    }

    /** A dictionary of 60,000 numbers, of which OrderedDict should make a thousand copies. */
    @Test
    void copiesOfALongDictionaryAreCounted() throws IOException {
        StringBuilder pickle = new StringBuilder("}(");
        for (int i = 0; i < 60_000; i++)
            pickle.append('M').append((char) (i & 255)).append((char) (i >> 8)).append('N');
        pickle.append("uq\0ccollections\nOrderedDict\nq\1").append("h\1h\0\u0085R".repeat(1000));
        assertRefused(archive(pickle(pickle + "."), Map.of()), "cannot be read: its pickle has too many objects.");
    }

    /** Two elements that stand for 2^40, which are not in memory until they are conjugated. */
    @Test
    void aRepeatedElementIsNotWrittenOut() throws IOException {
        String many = "\u008a\6\0\0\0\0\0\1\u0085";
        String lazy = tensor(TWO, NONE, many, NONE + "\u0085");
        String conjugated = lazy.replace("\u0089}tRs.", "\u0089}}X\4\0\0\0conj\u0088stRs.");
        Map<String, byte[]> storages = Map.of("0", new byte[8]);
        assertRefused(archive(pickle(conjugated), storages), "cannot be read: its tensors have more than 100 times");
        Path file = Files.write(folder.resolve("m.pt"), archive(pickle(lazy), storages));
        try (NamedTensors read = TorchFile.read(file)) {
            assertEquals(1L << 40, read.tensors().get("a").numel());
        }
    }

    @Test
    void anEntryTwiceIsRefused() throws IOException {
        String twice = new String(
                        archive(pickle("N."), Map.of("0", new byte[8], "1", new byte[8])), StandardCharsets.ISO_8859_1)
                .replace("m/data/1", "m/data/0");
        assertRefused(pickle(twice), "is damaged: its archive has 'm/data/0' twice.");
    }
}
