package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file atomically: writes a temporary file in the same folder, forces it to disk, and then renames it. */
final class AtomicFile {
    /** Writes the contents. */
    interface Content {
        void to(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    static void write(Path file, Content content) throws IOException {
        checkReplaceable(file);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw problem(file, e.getFile() + " is not a folder");
        }
        // not createTempFile, whose files only their owner can read
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path beside = folder.resolve("." + file.getFileName() + "." + random + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                content.to(channel);
                channel.force(true);
            }
            move(beside, file);
            sync(folder);
        } catch (NoSuchFileException e) { // a folder that holds no files, such as /proc
            throw problem(file, "no file can be made in " + folder);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A rename would replace a device or a pipe, such as {@code /dev/null}, instead of writing to it. */
    private static void checkReplaceable(Path file) throws IOException {
        if (Files.isDirectory(file)) throw problem(file, "it is a folder: append a file name");
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw problem(file, "it is a device or a pipe, and not a file that can be replaced");
        }
    }

    private static FileSystemException problem(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Forces the folder to disk, and with it the new name. Windows cannot open folders and does not need this. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notPossibleHere) {
            // the contents are on disk
        }
    }
}
