package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static java.util.stream.Collectors.joining;

import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.callback.Checkpoints;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.event.Event;
import dev.rondo.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Learners that write checkpoints to a folder, and go on from it as another process does. */
abstract class CheckpointFixture extends Fixture {
    @TempDir
    Path folder;

    /** A new learner, as another process has it, that goes on from the folder. */
    Learner process(Object... callbacks) {
        if (learner != null) learner.close();
        line.close();
        line = new LinearModel();
        build(settings(given(Numbers.batches(4), Numbers.batches(2))
                .metrics(mae())
                .optimizer(Optimizers.sgd(.9, 0))
                .lr(.01)));
        for (Object callback : callbacks) learner.add("C" + learner.callbacks().size(), callback);
        learner.resume(folder);
        tracer.take();
        return learner;
    }

    LearnerBuilder settings(LearnerBuilder builder) {
        return builder;
    }

    Checkpoints checkpoints() {
        return new Checkpoints(folder).onRequest();
    }

    /** Asks for a checkpoint once, then dies at the n-th batch after it. */
    static Object requests(Event at, int epoch) {
        boolean[] asked = new boolean[1];
        return Callbacks.on(at, 90, l -> {
            if (asked[0] || l.epoch() != epoch || l.runDepth() > 1) return;
            asked[0] = true;
            l.requestCheckpoint();
        });
    }

    static Object nothing() {
        return Callbacks.on(BEFORE_FIT, l -> {});
    }

    static Object stopsAt(int batch) {
        int[] batches = new int[1];
        return Callbacks.on(AFTER_BATCH, 95, l -> {
            if (++batches[0] == batch) l.stop();
        });
    }

    String outcome() {
        return Arrays.toString(line.values())
                + learner.recorder().rows().stream().map(EpochRow::cells).toList()
                + Arrays.toString(learner.recorder().smoothLosses());
    }

    List<String> names() throws IOException {
        return new CheckpointStore(folder)
                .checkpoints().stream().map(p -> p.getFileName().toString()).toList();
    }

    String whole() {
        Path elsewhere = folder;
        folder = folder.resolve("whole");
        process(checkpoints(), nothing());
        learner.fit(3);
        folder = elsewhere;
        return outcome();
    }

    String labels() throws IOException {
        return names().stream()
                .map(name -> name.substring(name.indexOf('-') + 1))
                .collect(joining(" "));
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
