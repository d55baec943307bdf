package dev.rondo.checkpoint;

import dev.rondo.check.Argument;
import dev.rondo.check.FileReason;
import dev.rondo.check.Range;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * A folder of checkpoints. Each is a folder in it, such as {@code 00000017-step-469}, with the tensors in safetensors files, other values in
 * {@code state.json}, and {@code manifest.json} with the length and the CRC32C of each file.
 *
 * <p>A checkpoint is written under a hidden name, forced to disk, and then renamed: after a crash at any instant it is there whole or not at
 * all. What a killed process left is deleted by the next one.
 *
 * <p>From its first change until it is closed, a store has the folder for itself: another store, of another process or of this one, gets an
 * error. Where the file system has no locks (some network file systems), nobody checks this. The methods can be called by several threads.
 */
public final class CheckpointStore implements AutoCloseable {
    /** A checkpoint that was read. The caller closes its content. */
    public record Saved(Path path, CheckpointContent content) {}

    private final CheckpointFolder folder;
    private final CheckpointWriter writer;
    private @Nullable FileClaim claim;
    private boolean
            wasThere; // a folder that is gone is not made again, because the earlier checkpoints are gone with it

    /** Makes a store for a folder, which is created when the first checkpoint is written. */
    public CheckpointStore(Path folder) {
        this(folder, () -> {});
    }

    CheckpointStore(Path folder, CheckpointWriter.Step beforeStep) {
        this.folder = new CheckpointFolder(Argument.given("folder", folder).toAbsolutePath());
        writer = new CheckpointWriter(beforeStep);
    }

    /** The folder, as an absolute path. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Writes a checkpoint, whose name sorts after those of all earlier ones. If it cannot be written, nothing of it is left, and the earlier
     * ones are as they were.
     *
     * @param label the end of its name: at most 64 letters, digits, dots, - and _
     * @return the folder of the checkpoint
     * @throws IllegalArgumentException if the content has a value that a checkpoint cannot hold; nothing was written
     * @throws IOException if the files cannot be written, or if the folder belongs to another store
     */
    public synchronized Path write(CheckpointContent content, String label) throws IOException {
        if (!CheckpointFolder.isLabel(Argument.given("label", label))) {
            throw new IllegalArgumentException(
                    "The label of a checkpoint has 1 to 64 letters, digits, dots, - and _, and"
                            + " begins with a letter or digit, unlike '" + label + "'.");
        }
        try (PointerScope ofLists = new PointerScope()) {
            CheckpointFiles files = CheckpointFiles.of(Argument.given("content", content));
            return explained("A checkpoint could not be written to ", () -> {
                claim();
                deleteLeftovers();
                return writer.write(files, folder.next(label));
            });
        }
    }

    /** Everything that has the name of a checkpoint, valid or not, oldest first. */
    public List<Path> checkpoints() throws IOException {
        return read(folder::checkpoints);
    }

    /**
     * Deletes all but the newest checkpoints. Those that are not whole (without their manifest, or with files that are missing or of another
     * length) do not count.
     *
     * @param last how many stay, 1 or more
     * @param also others that stay
     */
    public synchronized void keep(int last, Collection<Path> also) throws IOException {
        Range.AT_LEAST_1.check("The number of checkpoints to keep", last);
        Set<Path> stay = new HashSet<>();
        for (Path path : Argument.given("also", also))
            stay.add(path.toAbsolutePath().normalize());
        explained("Older checkpoints could not be deleted from ", () -> {
            List<Path> all = folder.checkpoints();
            if (all.isEmpty()) return all;
            claim();
            deleteLeftovers();
            int kept = 0;
            for (int i = all.size() - 1; i >= 0; i--) {
                Path checkpoint = all.get(i);
                if (kept >= last) {
                    if (!stay.contains(checkpoint.normalize())) writer.delete(checkpoint);
                } else if (new CheckpointReader(checkpoint).looksWhole()) kept++;
            }
            return all;
        });
    }

    /**
     * Reads the newest valid checkpoint. Empty if there is no folder, or nothing in it.
     *
     * @param warn gets a sentence for each newer entry that is passed over: what it is, and why it is not valid
     * @throws CheckpointException if there are entries, and none is valid
     * @throws IOException if the folder cannot be read, or if it belongs to another store
     */
    public synchronized Optional<Saved> newest(Consumer<String> warn) throws IOException {
        Argument.given("warn", warn);
        List<Path> entries = read(folder::entries);
        if (Files.isDirectory(folder.path())) clear();
        for (int i = entries.size() - 1; i >= 0; i--) {
            Path entry = entries.get(i);
            try {
                if (!CheckpointFolder.isCheckpoint(entry)) {
                    throw new CheckpointException(
                            entry, "is not the folder of a checkpoint, whose name is such as 00000017-step-469.");
                }
                return Optional.of(new Saved(entry, read(entry)));
            } catch (CheckpointException e) {
                warn.accept(String.valueOf(e.getMessage()));
            }
        }
        if (entries.isEmpty()) return Optional.empty();
        throw new CheckpointException(
                folder.path(), "has no valid checkpoint. Restore one, or name another folder to begin anew.");
    }

    /** Whether a path is that of one checkpoint, valid or not. */
    public static boolean isCheckpoint(Path path) {
        return CheckpointFolder.isCheckpoint(Argument.given("path", path).toAbsolutePath());
    }

    /**
     * Reads a checkpoint, of which everything is checked before. The caller closes the result.
     *
     * @throws CheckpointException if it is not a whole checkpoint
     */
    public static CheckpointContent read(Path checkpoint) throws IOException {
        return new CheckpointReader(Argument.given("checkpoint", checkpoint)).read();
    }

    /**
     * Checks the manifest of a checkpoint, and the length, the checksum and the header of each file, without memory for its tensors.
     *
     * @throws CheckpointException if it is not a whole checkpoint
     */
    public static void verify(Path checkpoint) throws IOException {
        new CheckpointReader(Argument.given("checkpoint", checkpoint)).verify();
    }

    /** Gives the folder back, so that other stores can write to it. */
    @Override
    public synchronized void close() throws IOException {
        FileClaim held = claim;
        claim = null;
        if (held == null) return;
        try (held) {
            if (held.isCurrent()) Files.deleteIfExists(folder.lock()); // only checkpoints are left in the folder
        } catch (IOException staysThere) {
            // Windows deletes no open file; the next store takes it
        }
    }

    /** The folder. */
    @Override
    public String toString() {
        return "CheckpointStore[" + folder.path() + "]";
    }

    /** Takes the folder for this store. */
    private void claim() throws IOException {
        if (claim != null && claim.isCurrent()) return;
        close();
        if (!wasThere) Files.createDirectories(folder.path());
        claim = FileClaim.open(folder.lock(), StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                .orElseThrow(() -> new CheckpointException(
                        folder.path(),
                        "is in use by another CheckpointStore, of this program or of another one: end that one, or name"
                                + " another folder."));
        wasThere = true;
    }

    /** Deletes leftovers, unless the folder is one to be read only. */
    private void clear() throws IOException {
        try {
            claim();
            deleteLeftovers();
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException notWritable) {
            // the next write says it
        }
    }

    private void deleteLeftovers() throws IOException {
        for (Path leftover : folder.leftovers()) Disk.delete(leftover);
    }

    private interface Task<T> {
        T run() throws IOException;
    }

    private <T> T read(Task<T> task) throws IOException {
        return explained("The checkpoints could not be read in ", task);
    }

    private <T> T explained(String problem, Task<T> task) throws IOException {
        try {
            return task.run();
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException(problem + folder.path() + ": " + reason(e) + ".", e);
        }
    }

    private String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException exists) return exists.getFile() + " is not a folder";
        if (e instanceof NotDirectoryException) return "it is not a folder";
        if (e instanceof NoSuchFileException && !Files.exists(folder.path())) return "the folder is gone";
        if (e instanceof ClosedByInterruptException) return "the thread was interrupted";
        return FileReason.of(e);
    }
}
