package dev.rondo.callback;

import dev.rondo.EpochRow;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a fit to a CSV file: a header, then a line at the end of each epoch. A fit that fails keeps the rows written so far.
 * The columns are {@code epoch}, those of the {@link Recorder}, and {@code time}; a missing value is an empty cell. Only outermost fits are
 * written, not {@code validate}, {@code getPreds}, {@code lrFind} or nested fits. Costs nothing per batch.
 *
 * @see <a href="https://docs.fast.ai/callback.progress.html#csvlogger">fastai, CSVLogger</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
@Callback(order = 60, kinds = RunKind.FIT, nested = false)
public final class CSVLogger {
    private final Path file;
    private final boolean append;
    private List<String> columns = List.of();

    /** Writes to {@code history.csv} in the working directory. */
    public CSVLogger() {
        this(Path.of("history.csv"));
    }

    /** Writes to this file, which each fit overwrites. Missing directories are created. */
    public CSVLogger(Path file) {
        this(file, false);
    }

    private CSVLogger(Path file, boolean append) {
        this.file = Argument.given("file", file);
        this.append = append;
    }

    /** Appends each fit to the file, with its own header, since the columns may differ. */
    public CSVLogger appending() {
        return new CSVLogger(file, true);
    }

    @On(Event.BEFORE_FIT)
    void open(Recorder recorder) {
        columns = recorder.columns();
        List<String> header = new ArrayList<>(columns);
        header.add(0, "epoch");
        header.add("time");
        write(header, append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
    }

    @On(Event.AFTER_EPOCH)
    void write(Recorder recorder) {
        List<EpochRow> rows = recorder.rows(); // not last(), which may be the row of a validation in between
        if (rows.isEmpty()) return;
        EpochRow row = rows.get(rows.size() - 1);
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(row.epoch()));
        for (String column : columns) {
            Double value = row.cells().get(column);
            cells.add(value == null ? "" : value.toString());
        }
        cells.add(row.clock());
        write(cells, StandardOpenOption.APPEND);
    }

    /** Opens the file for each line: between epochs, other programs may read, move or truncate it. */
    private void write(List<String> cells, StandardOpenOption how) {
        String line = cells.stream().map(CSVLogger::quoted).collect(Collectors.joining(","));
        try {
            if (file.getParent() != null) Files.createDirectories(file.getParent());
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The history cannot be written to " + file.toAbsolutePath() + " (" + reason(e)
                            + "): give CSVLogger a file that can be written.",
                    e);
        }
    }

    private static @Nullable String reason(IOException e) {
        if (!(e instanceof FileSystemException f)) return e.getMessage();
        String name = e.getClass().getSimpleName().replaceFirst("Exception$", ""); // AccessDenied
        return f.getReason() != null
                ? f.getReason()
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return "CSVLogger[file=" + file + ", append=" + append + "]";
    }
}
