package dev.rondo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Reads an IDX stream and checks everything in it. */
final class IdxReader {
    private static final int UNSIGNED_BYTE = 0x08;

    /** The largest array that JVMs can allocate. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final Path file;
    private final InputStream in;

    IdxReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Reads the whole stream.
     *
     * @param magic the expected magic number; 0 for unsigned bytes with any number of dimensions
     * @param what the expected contents, for messages
     */
    Idx read(int magic, String what) throws IOException {
        int found = header(4, "its magic number");
        if (magic != 0 && found != magic) {
            throw wrong(
                    "does not hold %s: its magic number should be 0x%08x but is 0x%08x%s.",
                    what, magic, found, hint(found));
        }
        if (found >>> 16 != 0) {
            throw wrong(
                    "is not an IDX file: it should begin with two zero bytes but begins with 0x%08x%s.",
                    found, hint(found));
        }
        int type = found >>> 8;
        if (type != UNSIGNED_BYTE) {
            throw wrong("holds elements of type 0x%02x: only unsigned bytes, 0x08, can be read.", type);
        }
        int[] shape = new int[found & 0xff];
        if (shape.length == 0) throw wrong("has no dimensions: the fourth byte should be at least 1.");
        for (int d = 0; d < shape.length; d++) {
            shape[d] = header(8 + 4 * d, "the size of dimension " + d);
            if (shape[d] < 0) {
                throw wrong(
                        "has an impossible size in its header: dimension %d is 0x%08x, which is negative.",
                        d, shape[d]);
            }
        }
        return new Idx(shape, data(shape));
    }

    private byte[] data(int[] shape) throws IOException {
        int size = size(shape);
        byte[] data = in.readNBytes(size); // allocates as it reads, whatever the header says
        String needed = "shape " + Arrays.toString(shape) + " needs " + size + " bytes of data, but ";
        if (data.length < size) throw wrong("is cut short: %sthere are %d.", needed, data.length);
        if (in.read() >= 0) throw wrong("is too long: %smore follow.", needed);
        return data;
    }

    private int size(int[] shape) throws IdxException {
        long size = 1;
        for (int d : shape) {
            size *= d;
            if (size > MAX_BYTES) throw wrong("has an impossible shape, %s: more than 2 GiB.", Arrays.toString(shape));
        }
        return (int) size;
    }

    /**
     * Reads a big-endian integer of the header.
     *
     * @param end the offset after its last byte
     * @param what its meaning, for messages
     */
    private int header(int end, String what) throws IOException {
        byte[] b = in.readNBytes(4);
        if (b.length < 4) {
            throw wrong(
                    "ends inside its header: %s should stand in the bytes %d to %d, but the file has %d.",
                    what, end - 4, end - 1, end - 4 + b.length);
        }
        return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
    }

    private static String hint(int magic) {
        return magic >>> 16 == 0x1f8b ? " (gzip data: its name should then end in .gz)" : "";
    }

    private IdxException wrong(String format, Object... args) {
        return new IdxException(file, String.format(Locale.ROOT, format, args));
    }
}
