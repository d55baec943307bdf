package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a folder of checkpoints. Checkpoints have numbers; what begins with a dot is no entry. */
record CheckpointFolder(Path path) {
    /** The file that the store which writes to the folder keeps locked. */
    private static final String LOCK = ".lock";

    private static final String WRITING = ".writing-";
    private static final String DELETING = ".deleting-";
    private static final int MOST = 99_999_999;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NAME = Pattern.compile("(\\d{8})-" + LABEL.pattern());

    Path lock() {
        return path.resolve(LOCK);
    }

    static boolean isLabel(String label) {
        return LABEL.matcher(label).matches();
    }

    static boolean isCheckpoint(Path entry) {
        return NAME.matcher(entry.getFileName().toString()).matches()
                && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /** The folder in which a checkpoint is written, until it gets its name. */
    static Path writing(Path checkpoint) {
        return checkpoint.resolveSibling(WRITING + checkpoint.getFileName());
    }

    /** The name of a checkpoint while it is deleted. */
    static Path deleting(Path checkpoint) {
        return checkpoint.resolveSibling(DELETING + checkpoint.getFileName());
    }

    /** All entries by name. None if there is no folder. */
    List<Path> entries() throws IOException {
        return listed(name -> !name.startsWith("."));
    }

    /** Everything that looks like a checkpoint, oldest first. */
    List<Path> checkpoints() throws IOException {
        return entries().stream().filter(CheckpointFolder::isCheckpoint).toList();
    }

    /** What was being written or deleted when a process was killed. */
    List<Path> leftovers() throws IOException {
        return listed(name -> name.startsWith(WRITING) || name.startsWith(DELETING));
    }

    private List<Path> listed(Predicate<String> test) throws IOException {
        if (!Files.exists(path)) return List.of();
        List<Path> listed = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path entry : all) if (test.test(entry.getFileName().toString())) listed.add(entry);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(listed);
        return listed;
    }

    /** The path of a new checkpoint, whose number is one more than the highest here. */
    Path next(String label) throws IOException {
        int highest = 0;
        for (Path entry : entries()) {
            Matcher matcher = NAME.matcher(entry.getFileName().toString());
            if (matcher.matches()) highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
        }
        if (highest == MOST) throw new CheckpointException(path, "has no number left for another checkpoint.");
        return path.resolve(String.format(Locale.ROOT, "%08d-%s", highest + 1, label));
    }
}
