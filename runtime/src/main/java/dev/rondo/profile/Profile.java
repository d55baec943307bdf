package dev.rondo.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Records how long the parts of runs take: phases of a batch, handlers of callbacks, and reads that wait for the device.
 *
 * <pre>{@code
 * try (Profile profile = new Profile()) {
 *     learner.fit(2);
 *     System.out.print(profile.table());
 * }
 * }</pre>
 *
 * <p>While it records, a handler takes about a microsecond more, and compiled plans are not used. It records all learners of the
 * process.
 */
public final class Profile implements AutoCloseable {
    private static final List<String> EVENTS = List.of("rondo.Step", "rondo.Phase", "rondo.Handler", "rondo.HostRead");

    private final Recording recording;

    /**
     * Starts a recording.
     *
     * @throws IllegalStateException if this Java has no Flight Recorder, as a run-time image without the module {@code jdk.jfr}
     */
    public Profile() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new IllegalStateException(
                    "This Java has no Flight Recorder, which a profile needs: add the module jdk.jfr to its run-time image.");
        }
        recording = new Recording();
        for (String event : EVENTS) recording.enable(event).withoutStackTrace().withoutThreshold();
        recording.start();
    }

    /**
     * Ends the recording and formats it as a table.
     *
     * @throws UncheckedIOException if the recording cannot be written to the folder for temporary files
     */
    public String table() {
        recording.stop();
        Map<String, Sum> sums = new TreeMap<>();
        for (RecordedEvent event : events()) {
            sums.computeIfAbsent(name(event), n -> new Sum()).add(event);
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-48s %9s %12s %12s %9s%n", "what", "calls", "total ms", "mean us", "handles"));
        sums.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Sum> e) -> group(e.getKey()))
                        .thenComparing(e -> -e.getValue().nanos))
                .forEach(e -> text.append(e.getValue().line(e.getKey())));
        return text.toString();
    }

    private List<RecordedEvent> events() {
        @Nullable Path file = null;
        try {
            file = Files.createTempFile("rondo", ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> EVENTS.contains(event.getEventType().getName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The recording could not be written to the folder for temporary files.", e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static String name(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case "rondo.Step" -> event.getBoolean("training") ? "batch, training" : "batch, validation";
            case "rondo.Phase" ->
                "phase " + event.getString("phase") + (event.getBoolean("training") ? "" : ", no training");
            case "rondo.Handler" -> "handler " + event.getString("at") + " " + event.getString("callback");
            default -> "host read: " + event.getString("what");
        };
    }

    /** The order of the table: batches, phases, handlers, host reads. */
    private static int group(String name) {
        return List.of("batch", "phase", "handler", "host").indexOf(name.split("[ ,]")[0]);
    }

    private static final class Sum {
        private long calls;
        private long nanos;
        private long handles;

        void add(RecordedEvent event) {
            calls++;
            nanos += event.getDuration().toNanos();
            if (event.hasField("handles")) handles += event.getLong("handles");
        }

        String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-48s %9d %12.1f %12.1f %9d%n",
                    name,
                    calls,
                    nanos / 1e6,
                    nanos / 1e3 / calls,
                    handles);
        }
    }

    /** Ends and deletes the recording. */
    @Override
    public void close() {
        recording.close();
    }

    /** Whether it records. */
    @Override
    public String toString() {
        return "Profile (" + recording.getState().name().toLowerCase(Locale.ROOT) + ")";
    }
}
