package dev.rondo.data;

import org.jspecify.annotations.Nullable;

/** A source of batches that can be read any number of times. */
public interface DataLoader {
    /** The number of batches in a pass. */
    int size();

    /**
     * Starts a pass over the data.
     *
     * @param epoch the number of the epoch in the learner's life, from 0. The order of the data depends only on it and on the loader's
     *     seed.
     */
    Pass open(long epoch);

    /** A loader of the same data, complete and in its original order. Loaders that shuffle or drop samples override this. */
    default DataLoader ordered() {
        return this;
    }

    /** A pass over the data. Use it on one thread. Whoever opened it closes it, also before its end. */
    interface Pass extends AutoCloseable {
        /**
         * The next batch, or null at the end. The pass owns its tensors: they are valid until the next call, or until the pass is closed.
         *
         * @throws IllegalStateException if the pass is closed
         */
        @Nullable
        Batch next();

        @Override
        void close();
    }
}
