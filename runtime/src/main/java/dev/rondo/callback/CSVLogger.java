package dev.rondo.callback;

import dev.rondo.AfterResume;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.check.FileReason;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

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
    private transient List<String> columns = List.of();

    /** The length of the file after its last line, in bytes. */
    @Checkpointed
    long length;

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
    void open(Learner learner, Recorder recorder) {
        columns = recorder.columns();
        if (!learner.resuming()) header(append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void header(StandardOpenOption how) {
        List<String> header = new ArrayList<>(columns);
        header.add(0, "epoch");
        header.add("time");
        write(header, how);
    }

    /** Removes the rows that were written after the checkpoint, which the fit will write again. */
    @AfterResume
    void goOn(Recorder recorder) {
        columns = recorder.columns();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() >= length) {
                channel.truncate(length);
                return;
            }
        } catch (NoSuchFileException e) {
            // the rows are written again below
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        LoggerFactory.getLogger(Learner.class)
                .warn("{} does not have the rows before the checkpoint: it gets those of this fit.", file);
        header(append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        recorder.rows().forEach(this::write);
    }

    @On(Event.AFTER_EPOCH)
    void write(Recorder recorder) {
        List<EpochRow> rows = recorder.rows(); // not last(), which may be the row of a validation in between
        if (!rows.isEmpty()) write(rows.get(rows.size() - 1));
    }

    private void write(EpochRow row) {
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
            length = Files.size(file);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private UncheckedIOException cannotWrite(IOException e) {
        return new UncheckedIOException(
                "The history cannot be written to " + file.toAbsolutePath() + " (" + FileReason.of(e)
                        + "): give CSVLogger a file that can be written.",
                e);
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return "CSVLogger[file=" + file + ", append=" + append + "]";
    }
}
