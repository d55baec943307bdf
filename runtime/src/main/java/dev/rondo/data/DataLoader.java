package dev.rondo.data;

import org.jspecify.annotations.Nullable;

/** A source of batches that can be gone through again and again. */
public interface DataLoader {
    /** The number of batches of a pass. */
    int size();

    /**
     * Starts a pass over the data.
     *
     * @param epoch the number of the epoch over the life of the learner, from 0: the order of the data is a pure function of the
     *     loader's seed and of this
     */
    Pass open(long epoch);

    /** The same data, all of it, in its own sequence; a loader that shuffles or leaves out returns another one. */
    default DataLoader ordered() {
        return this;
    }

    /** One pass over the data, for one thread; closed by whoever opened it, also half way. */
    interface Pass extends AutoCloseable {
        /**
         * The next batch, null at the end. Its tensors belong to the pass: they live until the next call, or until the pass is closed.
         *
         * @throws IllegalStateException if the pass is closed
         */
        @Nullable
        Batch next();

        @Override
        void close();
    }
}
