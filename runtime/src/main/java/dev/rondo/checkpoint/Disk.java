package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Changes of the disk that a crash cannot take back once they are done. */
final class Disk {
    /** Writes the contents of a file. */
    interface Content {
        void to(WritableByteChannel channel) throws IOException;
    }

    /** What was written. */
    record Written(long length, int crc32c) {}

    private Disk() {}

    /** Writes a whole file and forces it to disk. The file must not have been written before. */
    static Written write(FileChannel file, Content content) throws IOException {
        Counting counting = new Counting(file);
        content.to(counting);
        file.force(true);
        return new Written(counting.length, (int) counting.crc.getValue());
    }

    static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /** Gives a file or folder another name in its folder, in which it takes the place of a file. */
    static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Forces a folder to disk, and with it the names in it. Windows cannot open folders and does not need this. */
    static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notPossibleHere) {
            // the contents are on disk
        }
    }

    /** Deletes a file, or a folder with everything in it. Follows no links. */
    static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Passes bytes on to a channel, and counts and sums them. */
    private static final class Counting implements WritableByteChannel {
        private final WritableByteChannel to;
        private final CRC32C crc = new CRC32C();
        private long length;

        private Counting(WritableByteChannel to) {
            this.to = to;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            ByteBuffer written = bytes.duplicate();
            int n = to.write(bytes);
            crc.update(written.limit(written.position() + n));
            length += n;
            return n;
        }

        @Override
        public boolean isOpen() {
            return to.isOpen();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
