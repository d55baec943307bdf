package dev.rondo.checkpoint;

import static dev.rondo.checkpoint.CheckpointContents.small;
import static dev.rondo.checkpoint.CheckpointContents.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage of every kind is found, and said in one sentence. */
@ExtendWith(InScope.class)
class CheckpointDamageTest {
    @TempDir
    Path folder;

    private Path older;
    private Path newer;

    @BeforeEach
    void writeTwo() throws IOException {
        try (CheckpointStore store = new CheckpointStore(folder)) {
            older = store.write(small(1), "older");
            newer = store.write(small(2), "newer");
        }
    }

    private String problem() {
        Exception e = assertThrows(CheckpointException.class, () -> CheckpointStore.read(newer));
        assertEquals(
                e.getMessage(),
                assertThrows(CheckpointException.class, () -> new CheckpointReader(newer).read())
                        .getMessage());
        String message = e.getMessage();
        assertTrue(message.startsWith(newer + " "), message);
        assertTrue(message.endsWith("."), message);
        assertEquals(1, message.lines().count(), message);
        return message.substring(newer.toString().length() + 1);
    }

    private void assertTheOlderOneIsUsed() throws IOException {
        List<String> warnings = new ArrayList<>();
        try (CheckpointStore store = new CheckpointStore(folder)) {
            CheckpointStore.Saved saved = store.newest(warnings::add).orElseThrow();
            assertEquals(older, saved.path());
            assertEquals(1, step(saved.content()));
            saved.content().close();
        }
        assertEquals(List.of(newer + " " + problem()), warnings);
    }

    private static UnaryOperator<byte[]> damage(String kind, byte[] other) {
        return switch (kind) {
            case "flip" ->
                bytes -> {
                    bytes[bytes.length / 2] ^= 4;
                    return bytes;
                };
            case "cut" -> bytes -> Arrays.copyOf(bytes, bytes.length - 1);
            case "empty" -> bytes -> new byte[0];
            case "zeros" -> bytes -> new byte[bytes.length];
            case "append" -> bytes -> Arrays.copyOf(bytes, bytes.length + 8);
            case "double" ->
                bytes -> {
                    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
                    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
                    return twice;
                };
            case "swap" -> bytes -> other;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip", "cut", "empty", "zeros", "append", "double", "swap", "delete"})
    void eachKindOfDamageOfEachFileIsFound_andTheOlderOneIsUsed(String kind) throws IOException {
        for (String name : List.of(
                "manifest.json", "state.json", "model.safetensors", "optimizer.safetensors", "state.safetensors")) {
            Path file = newer.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            byte[] other = name.startsWith("optimizer")
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(older.resolve(name));
            if (kind.equals("delete")) Files.delete(file);
            else Files.write(file, damage(kind, other).apply(whole.clone()));
            assertTheOlderOneIsUsed();
            Files.write(file, whole);
            CheckpointStore.verify(newer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.safetensors | cut | cannot be used: model.safetensors has 115 bytes instead of 116.",
                "state.json | flip | cannot be used: state.json does not have the bytes that were written.",
                "manifest.json | flip | cannot be used: manifest.json is not as it was written.",
            })
    void theDamagedFileIsNamed(String file, String kind, String sentence) throws IOException {
        byte[] bytes = Files.readAllBytes(newer.resolve(file));
        Files.write(newer.resolve(file), damage(kind, bytes).apply(bytes));
        assertEquals(sentence, problem());
    }

    @Test
    void allDamagedFilesAreNamed() throws IOException {
        Files.delete(newer.resolve("model.safetensors"));
        Files.writeString(newer.resolve("state.json"), "");
        assertTrue(problem()
                .startsWith("cannot be used: model.safetensors is missing; state.json has 0 bytes instead of "));
    }

    @Test
    void eachBitOfTheManifestCounts() throws IOException {
        Path file = newer.resolve("manifest.json");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length * 8; i++) {
            byte[] flipped = whole.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            assertThrows(IOException.class, () -> Manifest.parse(flipped));
        }
        for (int n = 0; n < whole.length; n++) {
            byte[] cut = Arrays.copyOf(whole, n);
            assertThrows(IOException.class, () -> Manifest.parse(cut));
        }
        assertEquals(4, Manifest.parse(whole).entries().size());
    }

    /** A manifest whose checksum is right. */
    private void forge(String from, String to) throws IOException {
        Path file = newer.resolve("manifest.json");
        String text = Files.readString(file).replaceFirst(",\"crc32c\":\"\\w+\"}\n$", "");
        assertTrue(text.contains(from), text);
        byte[] forged = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(forged);
        Files.write(
                file,
                (text.replace(from, to) + ",\"crc32c\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1 | \"version\":2 | says version 2 of the format, and this Rondo reads version 1",
                "\"version\":1 | \"version\":NaN | is not as it was written",
                "\"version\":1 | \"version\":1.0 | is not as it was written",
                "\"version\":1 | \"version\":1,\"more\":1 | is not as it was written",
                "rondo-checkpoint | other | is not that of a checkpoint",
                "model.safetensors | ../model.safetensors | lists '../model.safetensors', which is no name of a file of a checkpoint",
                "model.safetensors | /dev/zero | lists '/dev/zero', which is no name of a file of a checkpoint",
                "model.safetensors | manifest.json | lists 'manifest.json', which is no name of a file of a checkpoint",
                "model.safetensors | state.json | lists state.json twice",
                "state.json | other.json | does not list state.json",
                "\"length\": | \"length\":null,\"was\": | lists a file without name, length and checksum",
                "\"files\":[ | \"files\":[[[[1]]], | lists a file without name, length and checksum",
                "\"files\": | \"files\":{},\"were\": | lists no files",
            })
    void aForgedManifestIsRefused(String from, String to, String problem) throws IOException {
        forge(from, to);
        assertEquals("cannot be used: manifest.json " + problem + ".", problem());
    }

    @Test
    void aManifestOfGreatSizeOrDepthIsRefused() throws IOException {
        forge("\"files\":[", "\"files\":[" + "[".repeat(100_000));
        assertEquals("cannot be used: manifest.json is not as it was written.", problem());
        Files.write(newer.resolve("manifest.json"), new byte[(1 << 20) + 1]);
        assertEquals("cannot be used: manifest.json has 1048577 bytes, and at most 1048576 are read.", problem());
    }

    @Test
    void linksAndFoldersAreNoFiles() throws IOException {
        Path file = newer.resolve("model.safetensors");
        Path outside = Files.move(file, folder.resolve("outside"));
        Files.createSymbolicLink(file, outside);
        assertEquals("cannot be used: model.safetensors is not a plain file.", problem());
        Files.delete(file);
        Files.createDirectory(file);
        assertEquals("cannot be used: model.safetensors is not a plain file.", problem());
        Path manifest = newer.resolve("manifest.json");
        Files.move(manifest, folder.resolve("manifest"));
        Files.createSymbolicLink(manifest, folder.resolve("manifest"));
        assertEquals("cannot be used: manifest.json is not a plain file.", problem());
    }

    @Test
    void aLinkInThePlaceOfACheckpointIsNone() throws IOException {
        Path elsewhere = Files.move(newer, folder.resolve("elsewhere"));
        Files.createSymbolicLink(newer, elsewhere);
        try (CheckpointStore store = new CheckpointStore(folder)) {
            assertEquals(older, store.newest(warning -> {}).orElseThrow().path());
        }
    }

    /**
     * Mutations whose checksums are right, as a hostile file has them: the reader reads the file or refuses it in one sentence, and throws
     * nothing else. {@code -Dfuzz.files=20000 -Dfuzz.seed=2} takes more and others.
     */
    @Test
    void mutatedFilesWithRightChecksumsAreReadOrRefused() throws IOException {
        Random random = new Random(Long.getLong("fuzz.seed", 1));
        int read = 0, refused = 0;
        List<String> names = List.of("state.json", "model.safetensors", "state.safetensors");
        for (int i = 0; i < Integer.getInteger("fuzz.files", 2000); i++) {
            Path file = newer.resolve(names.get(i % names.size()));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, mutated(whole, random));
            Files.write(newer.resolve("manifest.json"), manifestOf(newer).bytes());
            try {
                CheckpointStore.read(newer).close();
                read++;
            } catch (CheckpointException e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                refused++;
            }
            Files.write(file, whole);
        }
        assertTrue(read > 100 && refused > 500, read + " read, " + refused + " refused");
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        String interesting = "{}[]\",:$0-9eE.\\\u0000\u00ff";
        byte[] copy = bytes.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(5)) {
                case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> copy[at] = (byte) interesting.charAt(random.nextInt(interesting.length()));
                case 2 -> copy = Arrays.copyOf(copy, Math.max(1, at));
                case 3 -> Arrays.fill(copy, at, Math.min(copy.length, at + random.nextInt(9)), (byte) '9');
                default -> {
                    int to = random.nextInt(copy.length);
                    System.arraycopy(bytes, 0, copy, to, Math.min(Math.min(bytes.length, copy.length - to), 9));
                }
            }
        }
        return copy;
    }

    private static Manifest manifestOf(Path checkpoint) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (String name : List.of("model.safetensors", "optimizer.safetensors", "state.safetensors", "state.json")) {
            byte[] bytes = Files.readAllBytes(checkpoint.resolve(name));
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            entries.add(new Manifest.Entry(name, bytes.length, (int) crc.getValue()));
        }
        return new Manifest(entries);
    }
}
