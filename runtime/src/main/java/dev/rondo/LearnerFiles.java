package dev.rondo;

import dev.rondo.optim.Optimizer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Weights in files.
 *
 * @see <a href="https://github.com/huggingface/safetensors">safetensors</a>, in which PyTorch reads and writes weights too
 */
public abstract sealed class LearnerFiles extends LearnerFits permits Learner {
    LearnerFiles() {}

    /** Saves the model and, if there is one, the state of the optimizer. */
    public final void save(Path file) {
        save(file, true);
    }

    /**
     * Saves parameters and buffers of the model in a safetensors file, which replaces an earlier one when it is complete.
     *
     * @param withOptimizer whether to save the state of the optimizer as well, if there is one
     * @throws java.io.UncheckedIOException if it cannot be written
     * @see <a href="https://docs.fast.ai/learner.html#learner.save">fastai, Learner.save</a>
     */
    public final void save(Path file, boolean withOptimizer) {
        Optional<Optimizer> made = withOptimizer ? learner().madeOptimizer() : Optional.empty();
        runs().exclusively(() -> ModelFile.save(file, model(), made.map(optimizer -> placedOptimizer())));
    }

    /** Loads what {@link #save(Path)} has saved. */
    public final Learner load(Path file) {
        return load(file, true);
    }

    /**
     * Loads parameters and buffers of the model. If the file has no state of the optimizer, or one that does not fit, the log says so.
     *
     * @param withOptimizer whether to load the state of the optimizer as well
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if names, shapes or types differ from the model's, which then stays as it is
     */
    public final Learner load(Path file, boolean withOptimizer) {
        runs().exclusively(() -> ModelFile.load(file, model(), withOptimizer ? this::placedOptimizer : null));
        return learner();
    }

    /** The optimizer, with its state on the device where it will be used. */
    private Optimizer placedOptimizer() {
        model().to(learner().dataLoaders().device());
        return makeOptimizer();
    }
}
