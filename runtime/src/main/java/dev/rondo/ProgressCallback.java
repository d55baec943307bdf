package dev.rondo;

import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.check.Argument;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Shows a fit: a line of losses and metrics for each epoch on standard output and, on a terminal, a bar with epochs, batches, loss, batches a
 * second and remaining time on standard error. One of the default callbacks; needs a {@link Recorder}.
 *
 * <p>For the bar only, it reads the smooth loss, which waits for the device, at most five times a second.
 *
 * @see <a href="https://docs.fast.ai/callback.progress.html">fastai, ProgressCallback</a>
 */
@Callback(order = 60, kinds = RunKind.FIT)
public final class ProgressCallback {
    private static final long REFRESH_NANOS = 200_000_000;

    private final boolean bar;
    private final PrintStream out;
    /** A bar, which must be closed once: closing it again would draw it again. */
    private record Shown(ProgressBar bar, Undo close) {}

    private final ScopeLocal<@Nullable Shown> shown = ScopeLocal.of(Scope.EPOCH);
    private transient long refreshed;
    private transient long started;
    private transient long done;

    /** Prints lines on standard output, and shows a bar on a terminal. */
    public ProgressCallback() {
        this(Terminal.interactive(), System.out);
    }

    private ProgressCallback(boolean bar, PrintStream out) {
        this.bar = bar;
        this.out = out;
    }

    /** Shows a bar on standard error, even without a terminal. */
    public ProgressCallback withBar() {
        return new ProgressCallback(true, out);
    }

    /** Shows no bar. */
    public ProgressCallback withoutBar() {
        return new ProgressCallback(false, out);
    }

    /** Prints the lines to this stream. */
    public ProgressCallback withOutput(PrintStream out) {
        return new ProgressCallback(bar, Argument.given("out", out));
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        started = System.nanoTime();
        done = 0;
        if (!learner.logging) return;
        line("epoch", learner.recorder().columns().stream().map(c -> cell(c, c)), "time");
    }

    /** Opens a bar for each epoch, so that rows can be printed in between. It counts the batches of the whole fit. */
    @On(Event.BEFORE_EPOCH)
    void open(Learner learner) {
        if (!bar) return;
        long batches = learner.dataLoaders().train().size()
                + learner.dataLoaders().valid().size();
        ProgressBar opened = new ProgressBarBuilder()
                .setTaskName("epoch " + (learner.epoch() + 1) + "/" + learner.nEpoch())
                .setInitialMax(batches * learner.nEpoch())
                .startsFrom(done, Duration.ofNanos(System.nanoTime() - started))
                .setRenderer(new BarRenderer())
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build();
        Undo close = Undo.once(opened::close);
        shown.set(learner, new Shown(opened, close));
        learner.until(Scope.EPOCH, close);
    }

    @AfterResume
    void goOn(Learner learner) {
        done = learner.trainIter()
                + (long) learner.epoch() * learner.dataLoaders().valid().size();
    }

    @On(Event.AFTER_BATCH)
    @HostRead("with a bar, at most five times a second")
    void count(Learner learner) {
        done++;
        Shown open = shown.get(learner);
        if (open == null) return;
        open.bar.step();
        long now = System.nanoTime();
        if (now - refreshed < REFRESH_NANOS) return;
        refreshed = now;
        open.bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", learner.smoothLoss()));
    }

    @On(Event.AFTER_EPOCH)
    void row(Learner learner) {
        Shown open = shown.get(learner);
        if (open != null) open.close.close(); // before the row is printed
        if (!learner.logging) return;
        Recorder recorder = learner.recorder();
        recorder.last()
                .ifPresent(row -> line(
                        Integer.toString(row.epoch()),
                        recorder.columns().stream().map(c -> cell(row, c)),
                        row.clock()));
    }

    private static String cell(EpochRow row, String column) {
        Double value = row.cells().get(column);
        return cell(column, value == null ? "" : String.format(Locale.ROOT, "%.6f", value));
    }

    /** A cell of at least 12 characters, and wider for a long name. */
    private static String cell(String column, String text) {
        return String.format(Locale.ROOT, "%" + Math.max(12, column.length() + 2) + "s", text);
    }

    /** Prints a message of a callback where the rows are printed; without a progress callback, logs it. */
    public static void say(Learner learner, String line) {
        if (!learner.logging) return;
        learner.callback(ProgressCallback.class)
                .ifPresentOrElse(progress -> progress.out.println(line), () -> LoggerFactory.getLogger(Learner.class)
                        .info(line));
    }

    private void line(String epoch, Stream<String> cells, String time) {
        out.println(String.format(Locale.ROOT, "%5s", epoch)
                + cells.collect(Collectors.joining())
                + String.format(Locale.ROOT, "%9s", time));
    }

    @Override
    public String toString() {
        return bar ? "ProgressCallback with a bar" : "ProgressCallback";
    }
}
