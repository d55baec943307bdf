package dev.rondo.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of {@code --out}: {@code metrics.jsonl}, {@code model.safetensors}, {@code checkpoints} and {@code lr-find.png}. A run that
 * begins anew keeps what an earlier one has left there, under other names.
 */
final class OutputFiles {
    private final Path folder;

    OutputFiles(Path folder) {
        this.folder = folder;
    }

    /** Prepares the folder. */
    void prepare(boolean resume) {
        try {
            Files.createDirectories(folder);
            if (!resume) {
                keepExisting(checkpoints());
                keepExisting(model());
                keepExisting(metrics());
            }
            if (!Files.exists(metrics())) Files.createFile(metrics()); // now, and not when an epoch is done
        } catch (IOException e) {
            throw cannotWrite(metrics(), e);
        }
    }

    Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    Path model() {
        return folder.resolve("model.safetensors");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path lrFind() {
        return folder.resolve("lr-find.png");
    }

    /** Renames an existing file or folder: appends a number to its name. */
    static void keepExisting(Path file) throws IOException {
        if (!Files.exists(file)) return;
        Path backup = file;
        for (int i = 1; Files.exists(backup); i++) backup = file.resolveSibling(file.getFileName() + "." + i);
        Files.move(file, backup);
    }

    static UserException cannotWrite(Path file, IOException e) {
        return new UserException(
                "Cannot write " + file + ": " + UserException.reason(e) + "; name a writable folder with --out.", e);
    }
}
