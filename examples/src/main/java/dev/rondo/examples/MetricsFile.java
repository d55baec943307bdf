package dev.rondo.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code metrics.jsonl}: one JSON object per epoch of a fit, with the recorder's row. Each line is flushed when its epoch ends. */
@Callback(order = 60)
final class MetricsFile implements AutoCloseable {
    private static final String NAME = "metrics.jsonl";

    private final Path file;
    private final BufferedWriter writer;

    /** Opens the file in a folder. Creates the folder if it is missing. Keeps an existing file under another name. */
    MetricsFile(Path folder) {
        file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            keepExisting(file);
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Renames an existing file: appends a number to its name. */
    static void keepExisting(Path file) throws IOException {
        if (!Files.exists(file)) return;
        Path backup = file;
        for (int i = 1; Files.exists(backup); i++) backup = file.resolveSibling(file.getFileName() + "." + i);
        Files.move(file, backup);
    }

    @On(Event.AFTER_EPOCH)
    void write(Learner learner) {
        if (learner.runKind() != RunKind.FIT) return;
        EpochRow row = learner.recorder().last().orElseThrow();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epoch", row.epoch());
        values.putAll(row.cells());
        values.put("seconds", row.time().toNanos() / 1e9);
        try {
            writer.write(JSON.std.asString(values));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private UserException cannotWrite(IOException e) {
        return new UserException(
                "Cannot write " + file + ": " + UserException.reason(e) + "; name a writable folder with --out.", e);
    }
}
