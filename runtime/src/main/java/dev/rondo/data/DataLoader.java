package dev.rondo.data;

import dev.rondo.check.Range;
import java.util.Map;
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

    /**
     * Starts a pass with a batch in its middle, to resume an epoch: the batches are those that {@link #open(long)} has from there on. By
     * default, it reads the batches before and drops them.
     *
     * @param epoch as for {@link #open(long)}
     * @param first the index of the first batch, 0 to {@link #size}
     * @throws IllegalArgumentException if there is no such batch
     */
    default Pass open(long epoch, int first) {
        return Seek.byReading(this, epoch, first);
    }

    /** Whether {@link #open(long, int)} takes as long for each batch as for the first one. By default it does not. */
    default boolean canSeek() {
        return false;
    }

    /**
     * What decides which batches a pass has, in words that a message can show: {@code batch size=64, shuffle seed=1}. If two loaders have
     * equal settings and data, a run can be interrupted with one and resumed with the other. By default, it is the number of batches.
     */
    default Map<String, String> settings() {
        return Map.of("number of batches", Integer.toString(size()));
    }

    /** A loader of the same data, complete and in its original order. Loaders that shuffle or drop samples override this. */
    default DataLoader ordered() {
        return this;
    }

    /**
     * This loader with batches that another thread prepares ahead, while the loop uses the current one. On that thread it calls {@code next}
     * and {@code close} of each pass; random operators there draw from libtorch's default generators. A batch is copied, because the pass
     * may use its memory again; the copy is not pinned. ({@link TensorLoader} prefetches by itself, without another copy.)
     *
     * @param batches how many batches to prepare ahead, each of which takes memory; 0 returns this loader
     */
    default DataLoader prefetch(int batches) {
        Range.NOT_NEGATIVE.check("The number of prefetched batches", batches);
        return batches == 0 ? this : new Prefetched(this, batches);
    }

    /** A pass over the data. Use it on one thread at a time. Whoever opened it closes it, also before its end. */
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
