package dev.rondo.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.Event;
import dev.rondo.flight.FlightObserver;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import dev.rondo.torch.InScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Profiles of runs; profiling does not change the run. */
@ExtendWith(InScope.class)
class ProfileTest {
    private static Learner learner() {
        Tensor x = torch.ones(12, 2);
        TensorLoader data = TensorLoader.of(x, torch.ones(12, 1)).batchSize(4).build();
        return Learner.builder(new DataLoaders(data, data), new Linear(2, 1), Losses.mse())
                .progress(false)
                .callback("skip", Callbacks.on(Event.BEFORE_BATCH, l -> {
                    if (l.training() && l.trainIter() == 1) throw CancelBatchException.INSTANCE;
                }))
                .build();
    }

    /** The number of calls in a line of the table. */
    private static int calls(String table, String what) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(what) + " +(\\d+) ").matcher(table);
        assertTrue(line.find(), () -> "no '" + what + "' in\n" + table);
        return Integer.parseInt(line.group(1));
    }

    /** Makes a profile and prints why it cannot. */
    static final class Program {
        public static void main(String[] args) {
            try {
                new Profile();
            } catch (IllegalStateException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @Test
    void withoutFlightRecorderAProfileSaysSo() throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals(
                "This Java has no Flight Recorder, which a profile needs: add the module jdk.jfr to its run-time image.",
                new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void theTableCountsCalls() {
        try (Learner learner = learner();
                Profile profile = new Profile()) {
            learner.fit(2, 0.1);
            String table = profile.table();
            assertEquals(6, calls(table, "batch, training"));
            assertEquals(6, calls(table, "batch, validation"));
            assertEquals(2, calls(table, "phase train"));
            assertEquals(5, calls(table, "phase backward"));
            assertEquals(5, calls(table, "phase step"));
            assertEquals(12, calls(table, "handler before_batch skip"));
            assertEquals(12, calls(table, "handler after_batch recorder"));
            assertTrue(table.contains("host read: metric"), table);
        }
    }

    /** A callback that is documented to wait for the device. */
    @Test
    void theTableCountsHostReads() {
        try (Learner learner = learner();
                Profile profile = new Profile()) {
            learner.add(new TerminateOnNaN());
            learner.fit(1, 0.1);
            learner.getPreds(learner.dataLoaders().valid()).close();
            String table = profile.table();
            assertEquals(9, calls(table, "host read: loss is finite")); // including that of the predictions
            assertEquals(3, calls(table, "host read: predictions"));
        }
    }

    @Test
    void afterARecordingALearnerRunsAsBefore() {
        assertFalse(FlightObserver.isWanted());
        try (Learner learner = learner()) {
            double[] losses;
            try (Profile profile = new Profile()) {
                assertTrue(FlightObserver.isWanted());
                learner.fit(1, 0.0);
                losses = learner.recorder().smoothLosses();
            }
            assertFalse(FlightObserver.isWanted());
            learner.fit(1, 0.0);
            assertEquals(losses.length, learner.recorder().smoothLosses().length);
        }
    }
}
