package dev.rondo.data;

import dev.rondo.torch.Devices;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Batches from two tensors in memory, one of inputs and one of targets, whose first dimensions count the samples. Another thread puts
 * the next batches together while the last one is at work.
 *
 * <p>Shuffled, weighted or samplesPerEpoch, what an epoch draws is a pure function of the seed and the epoch's number, so that a run can be
 * repeated, and resumed.
 */
public final class TensorLoader implements DataLoader {
    private final Tensor x;
    private final Tensor y;
    private final long samples;
    /** The samples in an epoch. */
    private final long drawn;

    private final @Nullable WeightedSampler weighted;
    private final int batchSize;
    private final int prefetch;
    private final boolean dropLast;
    private final boolean pin;
    private final @Nullable Long seed;

    private TensorLoader(Builder b) {
        x = b.x;
        y = b.y;
        samples = x.size(0);
        drawn = Math.min(samples, b.samplesPerEpoch);
        weighted = b.weighted;
        batchSize = b.batchSize;
        prefetch = b.prefetch;
        dropLast = b.dropLast;
        pin = b.pin;
        seed = b.seed;
    }

    /**
     * Starts the description of a loader.
     *
     * @param x inputs (N, …), on any device; the caller keeps the tensor open as long as the loader is used
     * @param y targets (N, …), likewise, on the same device
     */
    public static Builder of(Tensor x, Tensor y) {
        return new Builder(x, y);
    }

    @Override
    public int size() {
        return Math.toIntExact(dropLast ? drawn / batchSize : (drawn + batchSize - 1) / batchSize);
    }

    @Override
    public Pass open(long epoch) {
        return prefetch == 0 ? new Batches(epoch) : new Prefetching(new Batches(epoch), prefetch);
    }

    @Override
    public DataLoader ordered() {
        return seed == null && !dropLast
                ? this
                : of(x, y).batchSize(batchSize).prefetch(prefetch).pin(pin).build();
    }

    static IllegalStateException closed() {
        return new IllegalStateException("This pass over the data is closed.");
    }

    /** The samples of an epoch, and perhaps more. */
    private Tensor order(long seed, long epoch) {
        Draws draws = Draws.at(seed, epoch);
        return weighted == null ? draws.permutation(samples) : weighted.draw(draws, Math.toIntExact(drawn));
    }

    /** One pass; each batch is closed when the next is asked for. */
    final class Batches implements Pass {
        private final @Nullable Tensor order;
        private long at;
        private @Nullable Batch last;
        private boolean closed;

        Batches(long epoch) {
            try (PointerScope temporary = new PointerScope()) {
                order = seed == null ? null : Handles.own(order(seed, epoch).to(x.device(), ScalarType.Long));
            }
        }

        @Override
        public @Nullable Batch next() {
            if (closed) throw closed();
            release();
            long n = Math.min(batchSize, drawn - at);
            if (n <= 0 || dropLast && n < batchSize) return null;
            try (PointerScope temporary = new PointerScope()) {
                Tensor rows = order == null ? null : order.narrow(0, at, n);
                Tensor inputs = part(x, rows, n), targets = part(y, rows, n);
                last = Batch.of(Handles.own(inputs), Handles.own(targets)); // owned when nothing can fail any more
            }
            at += n;
            return last;
        }

        /** A copy, with and without shuffling: what a callback does to a batch must not change the data. */
        private Tensor part(Tensor whole, @Nullable Tensor rows, long n) {
            Tensor part = rows == null ? whole.narrow(0, at, n).clone() : whole.index_select(0, rows);
            return pin && !part.is_cuda() ? part.pin_memory() : part;
        }

        /** Gives the last batch away: who takes it closes it. */
        Batch take() {
            Batch taken = Objects.requireNonNull(last);
            last = null;
            return taken;
        }

        private void release() {
            if (last != null) last.close();
            last = null;
        }

        @Override
        public void close() {
            closed = true;
            release();
            if (order != null) order.close();
        }
    }

    /** How a loader goes through its tensors. */
    public static final class Builder {
        private final Tensor x;
        private final Tensor y;
        private int batchSize = 64;
        private int prefetch = Runtime.getRuntime().availableProcessors() > 1 ? 4 : 0;
        private boolean dropLast;
        private boolean pin;
        private @Nullable Long seed;
        private @Nullable WeightedSampler weighted;
        private long samplesPerEpoch = Long.MAX_VALUE;

        private Builder(Tensor x, Tensor y) {
            Torch.start();
            this.x = Objects.requireNonNull(x);
            this.y = Objects.requireNonNull(y);
            if (x.dim() == 0 || y.dim() == 0) {
                throw new IllegalArgumentException("The first dimension counts the samples, but inputs "
                        + Arrays.toString(x.shape()) + " or targets " + Arrays.toString(y.shape()) + " have none.");
            }
            if (x.size(0) != y.size(0)) {
                throw new IllegalArgumentException("Inputs " + Arrays.toString(x.shape()) + " and targets "
                        + Arrays.toString(y.shape()) + " differ in their number of samples.");
            }
            try (Device here = x.device();
                    Device there = y.device()) {
                if (!here.equals(there)) {
                    throw new IllegalArgumentException("Inputs and targets must lie on one device, not on "
                            + Devices.name(here) + " and " + Devices.name(there) + ".");
                }
            }
        }

        /** Samples in a batch, at least 1; by default 64. The last batch of a pass may be smaller. */
        public Builder batchSize(int batchSize) {
            if (batchSize < 1)
                throw new IllegalArgumentException("A batch has at least 1 sample, not " + batchSize + ".");
            this.batchSize = batchSize;
            return this;
        }

        /** Another order in every epoch; by default the samples come in their own. */
        public Builder shuffle(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Draws as many samples as there are, with replacement, each as often as its weight says: rare classes as often as frequent ones,
         * for example. Needs {@link #shuffle}.
         *
         * @param weights one for each sample, 0 or more, of any sum
         * @see <a href="https://docs.fast.ai/callback.data.html#weighteddl">fastai, WeightedDL</a>
         */
        public Builder weights(double... weights) {
            if (weights.length != x.size(0)) {
                throw new IllegalArgumentException(
                        "There are " + weights.length + " weights for " + x.size(0) + " samples.");
            }
            weighted = new WeightedSampler(weights);
            return this;
        }

        /**
         * Draws only so many samples in each epoch, others in every one; all, if there are fewer. Without {@link #weights} no sample is
         * drawn twice in an epoch. Needs {@link #shuffle}.
         *
         * @see <a href="https://docs.fast.ai/callback.data.html#partialdl">fastai, PartialDL</a>
         */
        public Builder samplesPerEpoch(long samples) {
            if (samples < 1)
                throw new IllegalArgumentException("An epoch draws 1 sample or more, not " + samples + ".");
            samplesPerEpoch = samples;
            return this;
        }

        /** Leaves out the last batch of a pass if it is smaller than the others; by default it is kept. */
        public Builder dropLast(boolean dropLast) {
            this.dropLast = dropLast;
            return this;
        }

        /**
         * Batches to put together ahead on another thread, by default 4; 0 puts each together when it is asked for, which is the default
         * where there is one processor only.
         */
        public Builder prefetch(int batches) {
            if (batches < 0)
                throw new IllegalArgumentException("The number of prefetched batches cannot be " + batches + ".");
            this.prefetch = batches;
            return this;
        }

        /** Batches in page-locked memory, from which copies to a GPU do not wait; needs CUDA. By default not. */
        public Builder pin(boolean pin) {
            this.pin = pin;
            return this;
        }

        /** The loader. */
        public TensorLoader build() {
            if (seed == null && (weighted != null || samplesPerEpoch != Long.MAX_VALUE)) {
                throw new IllegalStateException(
                        "Samples by weights, or a part of them, are drawn at random: give shuffle(…) a seed for it.");
            }
            return new TensorLoader(this);
        }
    }
}
