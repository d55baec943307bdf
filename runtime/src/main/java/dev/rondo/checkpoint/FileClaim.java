package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An open file that belongs to one user among all threads and processes. The claim ends with the process, however that ends. */
final class FileClaim implements AutoCloseable {
    /** The files of this process: to open one again and to close it would end the system's lock. */
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private boolean locked;
    private @Nullable Object key;

    private FileClaim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a file. Empty if it belongs to another thread or process, or if another one has just deleted it. */
    static Optional<FileClaim> open(Path file, OpenOption... options) throws IOException {
        Path real = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder")
                .toRealPath()
                .resolve(file.getFileName());
        if (!CLAIMED.add(real)) return Optional.empty();
        FileClaim claim = null;
        try {
            FileClaim opened = new FileClaim(real, FileChannel.open(real, options));
            claim = opened;
            if (!opened.lock() || !Files.exists(real)) return Optional.empty();
            opened.key = opened.currentKey();
            claim = null; // the caller's
            return Optional.of(opened);
        } catch (IOException | RuntimeException e) {
            if (claim == null) CLAIMED.remove(real);
            throw e;
        } finally {
            if (claim != null) claim.close();
        }
    }

    /** Whether nobody else has the file. Some network file systems have no locks; then nobody can know. */
    private boolean lock() throws ClosedChannelException {
        try {
            locked = channel.tryLock() != null;
            return locked;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (ClosedChannelException e) { // by an interrupt
            throw e;
        } catch (IOException noLocksHere) {
            return true;
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Whether the system confirms that nobody else has the file. */
    boolean isLocked() {
        return locked;
    }

    /** Whether the file is still in its folder. */
    boolean isCurrent() {
        try {
            return Objects.equals(key, currentKey());
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable Object currentKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey(); // null on Windows
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            CLAIMED.remove(file);
        }
    }
}
