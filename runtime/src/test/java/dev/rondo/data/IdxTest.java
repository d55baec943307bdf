package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
    /** Two images of 1×3. */
    private static final String IMAGES = "00000803 00000002 00000001 00000003 010203 fdfeff";

    private static final String LABELS = "00000801 00000003 070009";

    @TempDir
    Path folder;

    @Test
    void readsImages() throws IOException {
        Idx images = Idx.images(file("images", IMAGES));
        assertArrayEquals(new int[] {2, 1, 3}, images.shape());
        assertArrayEquals(new byte[] {1, 2, 3, -3, -2, -1}, images.data());
    }

    @Test
    void unpacksAFileNamedGz() throws IOException {
        Idx labels = Idx.labels(packed("labels.gz", LABELS));
        assertArrayEquals(new int[] {3}, labels.shape());
        assertArrayEquals(new byte[] {7, 0, 9}, labels.data());
    }

    @Test
    void readsAnyNumberOfDimensions() throws IOException {
        assertArrayEquals(
                new int[] {1, 1, 1, 2},
                Idx.read(file("x", "00000804 00000001 00000001 00000001 00000002 0102"))
                        .shape());
    }

    @Test
    void readsZeroLabels() throws IOException {
        assertEquals(0, Idx.labels(file("x", "00000801 00000000")).data().length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | ends inside its header: its magic number should stand in the bytes 0 to 3, but the file has 0.
            0000                                | ends inside its header: its magic number should stand in the bytes 0 to 3, but the file has 2.
            00000803 00000002 0000              | ends inside its header: the size of dimension 1 should stand in the bytes 8 to 11, but the file has 10.
            89504e47 0d0a1a0a                   | is not an IDX file: it should begin with two zero bytes but begins with 0x89504e47.
            1f8b0800 00000000                   | is not an IDX file: it should begin with two zero bytes but begins with 0x1f8b0800 (gzip data: its name should then end in .gz).
            00000d01 00000001 00000000          | holds elements of type 0x0d: only unsigned bytes, 0x08, can be read.
            00000800                            | has no dimensions: the fourth byte should be at least 1.
            00000801 00000003 0102              | is cut short: shape [3] needs 3 bytes of data, but there are 2.
            00000801 00000003 01020304          | is too long: shape [3] needs 3 bytes of data, but more follow.
            00000801 7fffffff 01                | has an impossible shape, [2147483647]: more than 2 GiB.
            00000801 7ffffff0 01                | is cut short: shape [2147483632] needs 2147483632 bytes of data, but there are 1.
            00000801 ffffffff 01                | has an impossible size in its header: dimension 0 is 0xffffffff, which is negative.
            00000803 00010000 00010000 00010000 | has an impossible shape, [65536, 65536, 65536]: more than 2 GiB.
            """)
    void invalidFilesAreNamed(String hex, String wrong) throws IOException {
        assertWrong(file("x", hex), wrong, Idx::read);
    }

    @Test
    void imagesAreNotLabels() throws IOException {
        assertWrong(
                file("x", LABELS),
                "does not hold images: its magic number should be 0x00000803 but is 0x00000801.",
                Idx::images);
        assertWrong(
                file("y", IMAGES),
                "does not hold labels: its magic number should be 0x00000801 but is 0x00000803.",
                Idx::labels);
    }

    @Test
    void imagesNeedAtLeastOne() throws IOException {
        Path none = file("x", "00000803 00000000 0000001c 0000001c");
        assertWrong(none, "holds no image: its shape is [0, 28, 28].", Idx::images);
    }

    @Test
    void aPlainFileNamedGz() throws IOException {
        assertWrong(file("x.gz", LABELS), "is named .gz but is not intact gzip: Not in GZIP format.", Idx::labels);
    }

    @Test
    void aGzipFileNotNamedGz() throws IOException {
        String wrong = "does not hold labels: its magic number should be 0x00000801 but is 0x1f8b0800"
                + " (gzip data: its name should then end in .gz).";
        assertWrong(packed("x", LABELS), wrong, Idx::labels);
    }

    @Test
    void aTruncatedGzipFile() throws IOException {
        byte[] whole = Files.readAllBytes(packed("whole.gz", LABELS));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, length));
            assertWrong(cut, "ends in the middle of its gzip data: it was not copied to the end.", Idx::labels);
        }
    }

    @Test
    void aDamagedGzipFile() throws IOException {
        byte[] bytes = Files.readAllBytes(packed("x.gz", LABELS));
        bytes[bytes.length - 8] ^= 1; // in the checksum
        Path damaged = Files.write(folder.resolve("x.gz"), bytes);
        assertWrong(damaged, "is named .gz but is not intact gzip: Corrupt GZIP trailer.", Idx::labels);
    }

    @Test
    void noSuchFile() {
        assertWrong(folder.resolve("nowhere"), "does not exist.", Idx::read);
    }

    @Test
    void aFolder() {
        assertWrong(folder, "is a folder, not an IDX file.", Idx::read);
    }

    @Test
    void aFileTakenForAFolder() throws IOException {
        assertWrong(file("x", LABELS).resolve("y"), "cannot be opened: Not a directory.", Idx::read);
    }

    private interface Reader {
        Idx read(Path file) throws IOException;
    }

    private static void assertWrong(Path file, String wrong, Reader reader) {
        Executable reading = () -> reader.read(file);
        assertEquals(
                file + " " + wrong, assertThrows(IdxException.class, reading).getMessage());
    }

    private Path file(String name, String hex) throws IOException {
        return Files.write(folder.resolve(name), bytes(hex));
    }

    private Path packed(String name, String hex) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(hex));
        }
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
