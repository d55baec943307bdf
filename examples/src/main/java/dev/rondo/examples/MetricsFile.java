package dev.rondo.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.AfterResume;
import dev.rondo.EpochRow;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code metrics.jsonl}: one JSON object per epoch of a fit, with the recorder's row. Each line is written when its epoch ends. */
@Callback(order = 60, kinds = RunKind.FIT, nested = false)
final class MetricsFile {
    private final Path file;

    /** @param file an existing file, to which rows are appended */
    MetricsFile(Path file) {
        this.file = file;
    }

    /** Leaves the rows that the checkpoint has: those after it will be written again. */
    @AfterResume
    void rewrite(Recorder recorder) {
        write(recorder.rows(), StandardOpenOption.TRUNCATE_EXISTING);
    }

    @On(Event.AFTER_EPOCH)
    void write(Recorder recorder) {
        recorder.last().ifPresent(row -> write(List.of(row), StandardOpenOption.APPEND));
    }

    private void write(List<EpochRow> rows, StandardOpenOption how) {
        try {
            StringBuilder lines = new StringBuilder();
            for (EpochRow row : rows) lines.append(line(row)).append('\n');
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw OutputFiles.cannotWrite(file, e);
        }
    }

    private static String line(EpochRow row) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epoch", row.epoch());
        values.putAll(row.cells());
        values.put("seconds", row.time().toNanos() / 1e9);
        return JSON.std.asString(values);
    }
}
