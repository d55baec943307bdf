package dev.rondo.callback;

import dev.rondo.CheckpointTarget;
import dev.rondo.Learner;
import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Writes the checkpoints of a fit to a store, one at a time, on the thread of the training or on another one. */
final class StoredCheckpoints implements CheckpointTarget {
    private static final String BEST = "-best";

    /** A thread for each write: starting one costs nothing beside a write. */
    private static final Executor WRITERS = task -> {
        Thread thread = new Thread(task, "rondo-checkpoint");
        thread.setDaemon(false); // the end of the program waits for it
        thread.start();
    };

    private final CheckpointStore store;
    private final int last;
    private final boolean async;
    private final boolean goesOn;
    private boolean best;
    private @Nullable CompletableFuture<Void> running;

    StoredCheckpoints(CheckpointStore store, int last, boolean async, boolean goesOn) {
        this.store = store;
        this.last = last;
        this.async = async;
        this.goesOn = goesOn;
    }

    /** The next checkpoint is the best so far. */
    void nextIsBest() {
        best = true;
    }

    @Override
    public void save(String label, CheckpointContent content) {
        awaitRunning();
        String name = best ? label + BEST : label;
        best = false;
        if (!async) {
            write(name, content);
            return;
        }
        CheckpointContent copy = content.copy();
        running = CompletableFuture.runAsync(
                () -> {
                    try (copy) {
                        write(name, copy);
                    }
                },
                WRITERS);
    }

    private void write(String label, CheckpointContent content) {
        try {
            store.write(content, label);
            List<Path> best = store.checkpoints().stream()
                    .filter(c -> c.getFileName().toString().endsWith(BEST))
                    .toList();
            store.keep(last, best.subList(Math.max(0, best.size() - 1), best.size()));
        } catch (IOException e) {
            if (!goesOn) throw new UncheckedIOException(e.getMessage(), e);
            LoggerFactory.getLogger(Learner.class)
                    .warn("{} The training goes on without this checkpoint.", e.getMessage());
        }
    }

    /** Waits for the write under way, and throws what it failed with. */
    private void awaitRunning() {
        CompletableFuture<Void> write = running;
        running = null;
        if (write == null) return;
        try {
            write.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw e;
        }
    }

    @Override
    public void close() {
        try (store) {
            awaitRunning();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "the folder " + store.folder();
    }
}
