package dev.rondo;

import dev.rondo.checkpoint.CheckpointContent;

/**
 * Receives the checkpoints of a fit; see {@link Learner#checkpointsTo}. {@link dev.rondo.callback.Checkpoints} writes them to a folder; an
 * implementation can put them elsewhere. The learner calls it on its thread.
 */
public interface CheckpointTarget extends AutoCloseable {
    /**
     * Takes a checkpoint. The training goes on when the method returns.
     *
     * @param label a name that says where the fit is: {@code epoch-3-batch-120}
     * @param content the state of the learner. It shares tensors with the learner and is closed when the method returns; {@link
     *     CheckpointContent#copy} outlives it.
     */
    void save(String label, CheckpointContent content);

    /** Called when the fit has ended, however it did: completes what is under way. */
    @Override
    void close();
}
