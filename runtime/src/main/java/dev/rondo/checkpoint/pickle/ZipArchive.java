package dev.rondo.checkpoint.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip file, read by its central directory. Entries are only read, never written to files, so their names lead nowhere. */
final class ZipArchive implements AutoCloseable {
    /** Deflate makes at most this many bytes of one; weights hardly get to a hundredth of it. */
    private static final long MAX_RATIO = 1032;

    /** What is done with the bytes of an entry. */
    interface Reader {
        void read(InputStream in) throws IOException;
    }

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
    private final long fileSize;

    /**
     * @param file a file that can be read: any other failure comes from what is in it
     */
    ZipArchive(Path file) throws IOException {
        fileSize = Files.size(file);
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        try {
            list();
        } catch (RuntimeException e) {
            zip.close();
            throw damaged(e);
        } catch (PickleException e) {
            zip.close();
            throw e;
        }
    }

    /** Entries of one name, or that share their bytes, are those of an attack: readers differ in which one they take. */
    private void list() throws PickleException {
        long packed = 0;
        for (ZipEntry entry : zip.stream().toList()) {
            if (entries.put(entry.getName(), entry) != null) {
                throw new PickleException(
                        "is damaged: its archive has " + FileText.quoted(entry.getName()) + " twice.");
            }
            packed += Math.max(entry.getCompressedSize(), 0);
            if (packed > fileSize) {
                throw new PickleException("is damaged: the entries of its archive have more bytes than the file.");
            }
        }
    }

    long fileSize() {
        return fileSize;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** The number of bytes of an entry. The file is large enough to hold them, perhaps compressed. */
    long size(String name) throws PickleException {
        return entry(name).getSize();
    }

    private ZipEntry entry(String name) throws PickleException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new PickleException("is damaged: its archive has no " + FileText.quoted(name) + ".");
        }
        long size = entry.getSize(), packed = entry.getCompressedSize();
        boolean plain = entry.getMethod() == ZipEntry.STORED;
        if (size < 0 || packed < 0 || packed > fileSize || (plain ? size != packed : size / MAX_RATIO > packed)) {
            throw new PickleException("is damaged: the entry " + FileText.quoted(name) + " of its archive cannot have "
                    + size + " bytes.");
        }
        return entry;
    }

    /** Reads an entry and checks that the bytes are those that were written. */
    void read(String name, Reader reader) throws IOException {
        ZipEntry entry = entry(name);
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
            reader.read(in);
            if (in.read() >= 0) throw damaged(null);
        } catch (PickleException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        // PyTorch writes 0 if it is told to compute no sums
        if (entry.getCrc() != 0 && entry.getCrc() != sum.getValue()) {
            throw new PickleException(
                    "is damaged: the bytes of " + FileText.quoted(name) + " are not those that were written (CRC-32).");
        }
    }

    /**
     * Reads a small entry.
     *
     * @param most the largest number of bytes that is read
     */
    byte[] read(String name, int most) throws IOException {
        long size = size(name);
        if (size > most) {
            throw new PickleException("cannot be read: the entry " + FileText.quoted(name) + " of its archive has "
                    + size + " bytes, more than " + most + ".");
        }
        byte[] bytes = new byte[(int) size];
        read(name, in -> {
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) throw new EOFException();
        });
        return bytes;
    }

    private static PickleException damaged(@Nullable Exception cause) {
        return new PickleException("is damaged or cut short: its zip archive cannot be read.", cause);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
