package dev.rondo.data;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The contents of an IDX file, the format of MNIST: two zero bytes, the element type (one byte), the number of dimensions (one byte), the
 * dimensions as big-endian 32-bit integers, then the elements in row-major order.
 *
 * @param shape the dimensions, outermost first; the first is the number of samples
 * @param data the elements, one unsigned byte (0 to 255) each
 * @see <a href="http://yann.lecun.com/exdb/mnist/">The MNIST database: file formats</a>
 */
public record Idx(int[] shape, byte[] data) {
    public Idx {
        Argument.given("shape", shape);
        long size = 1;
        for (int side : shape) size *= Range.NOT_NEGATIVE.check("A dimension of an Idx", side);
        if (Argument.given("data", data).length != size) {
            throw new IllegalArgumentException(
                    "The shape " + Arrays.toString(shape) + " needs " + size + " bytes, not " + data.length + ".");
        }
    }

    private static final int IMAGES = 0x0000_0803;
    private static final int LABELS = 0x0000_0801;

    /**
     * Reads a file of unsigned bytes with any number of dimensions. Files whose name ends in {@code .gz} are decompressed, others are not.
     * Memory is allocated only for data that has been read, so a wrong header costs none.
     *
     * @throws IdxException if the file cannot be opened, is not in this format, has elements other than unsigned bytes, or is shorter or
     *     longer than its header says
     */
    public static Idx read(Path file) throws IOException {
        return read(file, 0, "");
    }

    /**
     * Reads images: unsigned bytes with three dimensions (count, rows, columns), none of them 0.
     *
     * @throws IdxException as {@link #read}, and if the magic number is not 0x00000803
     */
    public static Idx images(Path file) throws IOException {
        Idx images = read(file, IMAGES, "images");
        if (images.data.length == 0) {
            throw new IdxException(file, "holds no image: its shape is " + Arrays.toString(images.shape) + ".");
        }
        return images;
    }

    /**
     * Reads labels: unsigned bytes with one dimension.
     *
     * @throws IdxException as {@link #read}, and if the magic number is not 0x00000801
     */
    public static Idx labels(Path file) throws IOException {
        return read(file, LABELS, "labels");
    }

    private static Idx read(Path file, int magic, String what) throws IOException {
        Argument.given("file", file);
        boolean packed = file.toString().endsWith(".gz");
        if (Files.isDirectory(file)) throw new IdxException(file, "is a folder, not an IDX file.");
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = packed ? new GZIPInputStream(plain, 1 << 16) : plain) {
            return new IdxReader(file, in).read(magic, what);
        } catch (NoSuchFileException e) {
            throw new IdxException(file, "does not exist.", e);
        } catch (AccessDeniedException e) {
            throw new IdxException(file, "may not be read by this user.", e);
        } catch (FileSystemException e) {
            throw new IdxException(file, "cannot be opened: " + e.getReason() + ".", e);
        } catch (ZipException e) {
            throw new IdxException(file, "is named .gz but is not intact gzip: " + e.getMessage() + ".", e);
        } catch (EOFException e) {
            throw new IdxException(file, "ends in the middle of its gzip data: it was not copied to the end.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Idx that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    /** The shape: {@code Idx [60000, 28, 28]}. */
    @Override
    public String toString() {
        return "Idx " + Arrays.toString(shape);
    }
}
