package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Writes a file atomically: writes a temporary file in the same folder, forces it to disk, and then renames it. What a write of the same
 * file left there when its process was killed is deleted first; a write that is under way keeps its temporary file locked.
 */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path file, Disk.Content content) throws IOException {
        checkReplaceable(file);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw problem(file, e.getFile() + " is not a folder");
        }
        String name = "." + file.getFileName() + ".";
        deleteLeftovers(folder, name);
        try {
            while (!tryWrite(folder, name, file, content)) {}
            Disk.sync(folder);
        } catch (NoSuchFileException e) { // a folder that holds no files, such as /proc
            throw problem(file, "no file can be made in " + folder);
        }
    }

    /** Returns false if another process took the temporary file for a leftover, between its creation and its lock. */
    private static boolean tryWrite(Path folder, String name, Path file, Disk.Content content) throws IOException {
        // not createTempFile, whose files only their owner can read
        Path beside = folder.resolve(
                name + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
        Optional<FileClaim> claim = FileClaim.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        if (claim.isEmpty()) return false;
        try (FileClaim mine = claim.get()) {
            Disk.write(mine.channel(), content);
            Disk.rename(beside, file);
            return true;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void deleteLeftovers(Path folder, String name) {
        Pattern temporary = Pattern.compile(Pattern.quote(name) + "[0-9a-f]{1,16}\\.tmp");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path beside : all) {
                if (!temporary.matcher(beside.getFileName().toString()).matches()) continue;
                if (!Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) continue;
                Optional<FileClaim> claim = FileClaim.open(beside, StandardOpenOption.WRITE);
                if (claim.isEmpty()) continue;
                try (FileClaim nobodys = claim.get()) {
                    if (nobodys.isLocked()) Files.deleteIfExists(beside);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // they only take room, and who has a reason not to write says it
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
}
