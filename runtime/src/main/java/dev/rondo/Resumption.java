package dev.rondo;

import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.checkpoint.Weights;
import dev.rondo.nn.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint that a learner goes on from. The fit fires the events that open the scopes around the checkpoint again, so that handlers
 * have what they set up there. The saved state is restored after each of them: handlers find it, and what they change is undone.
 */
final class Resumption implements AutoCloseable {
    private final Path path;
    private final CheckpointContent content;
    private final LearnerState state;
    private boolean running;

    private Resumption(CheckpointStore.Saved saved) {
        path = saved.path();
        content = saved.content();
        try {
            state = new LearnerState(content);
        } catch (IllegalArgumentException e) {
            content.close();
            throw notOfALearner(e);
        }
    }

    private CheckpointMismatchException notOfALearner(IllegalArgumentException e) {
        return new CheckpointMismatchException(path + " is not the checkpoint of a learner: " + e.getMessage(), e);
    }

    /** The newest valid checkpoint of a folder, or the folder itself if it is a checkpoint. */
    static Optional<Resumption> find(Path folder) {
        try (CheckpointStore store = new CheckpointStore(folder)) {
            if (CheckpointStore.isCheckpoint(folder)) {
                return Optional.of(new Resumption(new CheckpointStore.Saved(folder, CheckpointStore.read(folder))));
            }
            return store.newest(LoggerFactory.getLogger(Learner.class)::warn).map(Resumption::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    Progress progress() {
        return state.progress();
    }

    /** Whether this fit, counted from 0, had ended before the checkpoint. */
    boolean isAfterFit(int fit) {
        return fit < progress().fit();
    }

    /** Whether this fit had ended before the checkpoint, or was running. */
    boolean isInOrAfterFit(int fit) {
        return fit <= progress().fit();
    }

    void loadModel(Model model) {
        try {
            Weights.load(model, state.model());
        } catch (IllegalArgumentException e) {
            throw new CheckpointMismatchException(path + " is a checkpoint of another model: " + e.getMessage(), e);
        }
    }

    /**
     * Begins to go on: the events that open scopes fire again.
     *
     * @throws CheckpointMismatchException with all differences, if the learner trains something else than what was interrupted
     */
    void begin(Learner learner, RunIdentity identity) {
        List<String> differences;
        try {
            differences = state.differences(learner, identity);
        } catch (IllegalArgumentException e) {
            throw notOfALearner(e);
        }
        if (!differences.isEmpty()) {
            throw new CheckpointMismatchException(
                    path + " is a checkpoint of another run: " + String.join("; ", differences)
                            + ". Make the run as it was, or begin a new one in another folder.");
        }
        running = true;
    }

    boolean running() {
        return running;
    }

    /** Ends what {@link #begin} has begun. It can begin again. */
    void pause() {
        running = false;
    }

    /** Fails if the scopes around the checkpoint have ended, and the fit has not gone on in them. */
    void checkNotRunning() {
        if (running)
            throw new CheckpointMismatchException(
                    path + " is inside of what a handler has cancelled, so the fit cannot go on from it.");
    }

    /**
     * Restores the state of the learner.
     *
     * @param complete whether all scopes around the checkpoint are open
     */
    void restore(Learner learner, boolean complete) {
        try {
            state.restore(learner, complete);
        } catch (IllegalArgumentException e) {
            throw new CheckpointMismatchException(path + " does not fit this learner: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
