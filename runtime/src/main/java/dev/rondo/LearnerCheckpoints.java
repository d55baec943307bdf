package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.event.CancelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a learner does between two batches: it stops, makes checkpoints, and goes on from one. */
public abstract sealed class LearnerCheckpoints extends LearnerAttributes permits Learner {
    final SafePoints safePoints = new SafePoints(learner());
    private final Map<String, String> settings;
    private @Nullable Resumption resumption;
    private int fitsEnded;

    LearnerCheckpoints(LearnerBuilder builder) {
        super(builder);
        settings = new TreeMap<>(builder.settings);
    }

    // ---- stop

    /**
     * Asks the running fit, or search for a learning rate, to end when its batch has ended; a run that a handler has started in it ends
     * before. The fit makes a checkpoint if something {@linkplain #checkpointsTo takes} it, then fires after_cancel_fit and after_fit. If
     * none is running, the next one ends before its first batch. Later fits return at once, so that the rest of a program does not train,
     * until {@link #goOn} or {@link #resume}. Any thread may call this method, such as one that handles a signal.
     */
    public final void stop() {
        safePoints.askForStop();
    }

    /** Lets fits run again after {@link #stop}. */
    public final void goOn() {
        safePoints.forgetStop();
    }

    /** Whether {@link #stop} has ended a fit, and none has run since. */
    public final boolean stopped() {
        return safePoints.stopped();
    }

    // ---- checkpoints

    /**
     * Asks for a checkpoint of the running fit. It is made when the batch, or the part of the fit around the handler, has ended, so it has
     * all that the running event does.
     *
     * @throws IllegalStateException if nothing takes the checkpoints of this fit
     */
    public final void requestCheckpoint() {
        safePoints.askForCheckpoint();
    }

    /**
     * Sends the checkpoints of the running fit to this target: those that are requested, and one when the fit is stopped. For handlers of
     * before_fit. The fit closes the target.
     *
     * @throws IllegalStateException outside a fit, in a nested fit, or if another target takes the checkpoints
     */
    public final void checkpointsTo(CheckpointTarget target) {
        safePoints.use(Argument.given("target", target));
    }

    /**
     * What a checkpoint of this learner does not hold, a sentence each, so that a fit that goes on from it may differ: loaders that cannot
     * seek, callbacks with fields that are not saved, metrics that cannot save their sums. Empty if the fit goes on bit for bit.
     */
    public final List<String> unsavedParts() {
        return UnsavedParts.of(learner());
    }

    // ---- resume

    /**
     * Goes on from the newest valid checkpoint of a folder. Loads its model now. Then the program makes the same fits as the one that was
     * interrupted: fits that had ended before the checkpoint return at once, and the one that was running goes on with its next batch.
     * A damaged checkpoint is passed over with a warning.
     *
     * @param folder the folder of a {@link dev.rondo.callback.Checkpoints}, or one checkpoint in it
     * @return the checkpoint; empty if the folder has none or does not exist. Then nothing has changed, and fits begin anew.
     * @throws java.io.UncheckedIOException if no checkpoint of the folder is valid, or it cannot be read
     * @throws CheckpointMismatchException if the checkpoint is one of another model. If it is one of another fit, the fit says so.
     */
    public final Optional<Path> resume(Path folder) {
        Argument.given("folder", folder);
        return learner().runs.exclusively(() -> {
            Optional<Resumption> found = Resumption.find(folder);
            found.ifPresent(next -> {
                next.loadModel(model());
                forgetResumption();
                safePoints.goOnAfterStop();
                resumption = next;
                if (fitsEnded > 0) fitsEnded = next.progress().fit(); // this learner has made the fits before
            });
            return found.map(Resumption::path);
        });
    }

    /** Whether the events that open scopes fire again, because the fit goes on from a checkpoint; see {@link AfterResume}. */
    public final boolean resuming() {
        return resumption != null && resumption.running();
    }

    // ---- for the loop

    /** What identifies the run, as the program says. */
    final Map<String, String> settings() {
        return settings;
    }

    /** The number of fits that have ended, not counting nested fits and searches for a learning rate. */
    final int fitsEnded() {
        return fitsEnded;
    }

    /** Counts a fit that has ended. */
    final void countFit() {
        fitsEnded++;
    }

    /** The checkpoint that this fit goes on from, or before which it had ended; null if it begins anew. */
    final @Nullable Resumption resumption() {
        return resumption != null && resumption.isInOrAfterFit(fitsEnded) ? resumption : null;
    }

    /**
     * Restores the saved state if this fit goes on from a checkpoint. Called when a scope around the checkpoint has been opened.
     *
     * @param here the part of the fit that begins here; null if it is only a scope around one
     * @return where the fit goes on; null if it does not
     */
    final @Nullable Progress restored(Progress.@Nullable Part here) throws CancelException {
        Resumption from = resumption;
        if (from == null || !from.running() || runDepth() > 1) return null;
        Progress progress = from.progress();
        boolean complete = progress.part() == here;
        from.restore(learner(), complete);
        if (complete) {
            from.pause(); // kept for another try, if a handler fails
            learner().runs.dispatcher().fire(AfterResume.class, phase());
            forgetResumption();
        }
        return progress;
    }

    /** Fails if a handler has cancelled what would go on. */
    final void checkResumed() {
        if (resumption != null && runDepth() == 1) resumption.checkNotRunning();
    }

    /** Forgets the checkpoint when the fit has gone on from it. */
    final void forgetResumption() {
        if (resumption != null) resumption.close();
        resumption = null;
    }

    private Learner learner() {
        return (Learner) this; // which is the only subclass
    }
}
