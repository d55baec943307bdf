package dev.rondo.data;

import dev.rondo.check.Argument;
import dev.rondo.check.Range;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Handles;
import dev.rondo.torch.TensorText;
import dev.rondo.torch.Torch;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Loads batches from two tensors in memory: inputs and targets, whose first dimensions are the number of samples. Another thread prepares
 * the next batches while the current one is used.
 *
 * <p>With {@link Builder#shuffle shuffle}, {@link Builder#weights weights} or {@link Builder#samplesPerEpoch samplesPerEpoch}, the samples
 * of an epoch depend only on the seed and the number of the epoch, so that a run can be repeated and resumed.
 */
public final class TensorLoader implements DataLoader {
    private final Tensor x;
    private final Tensor y;
    private final long samples;
    /** The number of samples in an epoch. */
    private final long epochSamples;

    private final @Nullable WeightedSampler weighted;
    private final int size;
    private final int batchSize;
    private final int prefetch;
    private final boolean dropLast;
    private final boolean pin;
    private final @Nullable Long seed;

    private TensorLoader(Builder b) {
        checkOpen(b.x, b.y);
        x = b.x;
        y = b.y;
        samples = x.size(0);
        epochSamples = Math.min(samples, b.samplesPerEpoch);
        weighted = b.weighted;
        batchSize = b.batchSize;
        prefetch = b.prefetch;
        dropLast = b.dropLast;
        pin = b.pin;
        seed = b.seed;
        long batches = dropLast ? epochSamples / batchSize : (epochSamples - 1) / batchSize + 1;
        if (batches > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(epochSamples + " samples in batches of " + batchSize
                    + " are more batches than a loader can have: choose a larger batchSize.");
        }
        size = epochSamples == 0 ? 0 : (int) batches;
    }

    /**
     * Starts to build a loader.
     *
     * @param x inputs (N, …), on any device; the caller keeps the tensor open while the loader is used
     * @param y targets (N, …), on the same device, kept open too
     * @throws IllegalStateException if a tensor is closed or undefined
     * @throws IllegalArgumentException if a tensor is a scalar, the numbers of samples differ, or the tensors are on different devices
     */
    public static Builder of(Tensor x, Tensor y) {
        return new Builder(x, y);
    }

    /**
     * Starts to build a loader of samples that are in a {@link Batch}, such as a part of a {@link RandomSplit}.
     *
     * @param samples one input and one target; whoever owns them keeps them open while the loader is used
     */
    public static Builder of(Batch samples) {
        Argument.given("samples", samples);
        return new Builder(samples.x(), samples.y());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Pass open(long epoch) {
        return open(epoch, 0);
    }

    @Override
    public Pass open(long epoch, int first) {
        Seek.check(this, first);
        checkOpen(x, y);
        Batches batches = new Batches(epoch, first);
        return prefetch == 0 ? batches : new Prefetching(batches, prefetch);
    }

    @Override
    public boolean canSeek() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        checkOpen(x, y);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("number of samples", Long.toString(samples));
        settings.put("number of samples of an epoch", Long.toString(epochSamples));
        settings.put("batch size", Integer.toString(batchSize));
        settings.put("short last batch", dropLast ? "dropped" : "kept");
        settings.put("shuffle seed", seed == null ? "none" : seed.toString());
        settings.put("weights of the samples", weighted == null ? "none" : weighted.checksum());
        settings.put("input of a sample", sample(x));
        settings.put("target of a sample", sample(y));
        return Collections.unmodifiableMap(settings);
    }

    /** Shape and type of one of the samples: {@code [28, 28] float32}. */
    private static String sample(Tensor all) {
        return Arrays.toString(Arrays.copyOfRange(all.shape(), 1, (int) all.dim())) + " "
                + TensorText.type(all.scalar_type());
    }

    @Override
    public DataLoader ordered() {
        return seed == null && !dropLast
                ? this
                : of(x, y).batchSize(batchSize).prefetch(prefetch).pin(pin).build();
    }

    private static void checkOpen(Tensor x, Tensor y) {
        if (x.isNull() || y.isNull()) {
            throw new IllegalStateException(
                    "The tensors of this loader are freed. Keep them open while the loader is used,"
                            + " and the PointerScope in which they were made.");
        }
        if (!x.defined() || !y.defined()) {
            throw new IllegalStateException("The tensors of a loader have values, but one of these is undefined.");
        }
    }

    @Override
    public String toString() {
        return "TensorLoader of " + samples + " samples in " + size() + " batches of " + batchSize
                + (seed == null ? "" : ", shuffled")
                + (x.isNull() || y.isNull() ? " (its tensors are freed)" : "");
    }

    static IllegalStateException closed() {
        return new IllegalStateException("This pass over the data is closed.");
    }

    /** The indices of the samples of an epoch; there may be more than the epoch uses. */
    private Tensor order(long seed, long epoch) {
        Draws draws = Draws.at(seed, epoch);
        return weighted == null ? draws.permutation(samples) : weighted.draw(draws, Math.toIntExact(epochSamples));
    }

    /** A pass that closes each batch when the next is requested. */
    final class Batches implements Pass {
        private final @Nullable Tensor order;
        private long at;
        private @Nullable Batch last;
        private boolean closed;

        Batches(long epoch, int first) {
            at = Math.min(epochSamples, (long) first * batchSize);
            try (PointerScope temporary = new PointerScope()) {
                order = seed == null ? null : Handles.own(order(seed, epoch).to(x.device(), ScalarType.Long));
            }
        }

        @Override
        public @Nullable Batch next() {
            if (closed) throw closed();
            release();
            long n = Math.min(batchSize, epochSamples - at);
            if (n <= 0 || dropLast && n < batchSize) return null;
            try (PointerScope temporary = new PointerScope()) {
                Tensor rows = order == null ? null : order.narrow(0, at, n);
                Tensor inputs = part(x, rows, n), targets = part(y, rows, n);
                last = Batch.of(Handles.own(inputs), Handles.own(targets)); // owned only after all calls that can fail
            }
            at += n;
            return last;
        }

        /** A copy also without shuffling, so that a callback that changes a batch does not change the data. */
        private Tensor part(Tensor whole, @Nullable Tensor rows, long n) {
            Tensor part = rows == null ? whole.narrow(0, at, n).clone() : whole.index_select(0, rows);
            return pin && !part.is_cuda() ? part.pin_memory() : part;
        }

        /** Transfers ownership of the last batch to the caller. */
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

    /** Builds a loader. */
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
            this.x = Argument.given("x", x);
            this.y = Argument.given("y", y);
            checkOpen(x, y);
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

        @Override
        public String toString() {
            return "TensorLoader.Builder of inputs " + TensorText.of(x) + " and targets " + TensorText.of(y);
        }

        /** The batch size, at least 1; by default 64. The last batch of a pass may be smaller. */
        public Builder batchSize(int batchSize) {
            this.batchSize = Range.AT_LEAST_1.check("A batch size", batchSize);
            return this;
        }

        /** Shuffles the samples in each epoch. By default they keep their order. */
        public Builder shuffle(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Samples with replacement, with probabilities proportional to the weights: to balance rare and frequent classes, for example. An
         * epoch has as many samples as the data. Needs {@link #shuffle}.
         *
         * @param weights one weight for each sample, 0 or more; they need not sum to 1
         * @throws IllegalArgumentException if the number of weights is not that of the samples, a weight is negative or NaN, or their sum
         *     is not a finite number above 0
         * @see <a href="https://docs.fast.ai/callback.data.html#weighteddl">fastai, WeightedDL</a>
         */
        public Builder weights(double... weights) {
            Argument.given("weights", weights);
            if (weights.length != x.size(0)) {
                throw new IllegalArgumentException(
                        "There are " + weights.length + " weights for " + x.size(0) + " samples.");
            }
            weighted = new WeightedSampler(weights);
            return this;
        }

        /**
         * Uses at most this number of samples in each epoch, and other samples in each epoch. Without {@link #weights}, an epoch has no
         * sample twice. Needs {@link #shuffle}.
         *
         * @see <a href="https://docs.fast.ai/callback.data.html#partialdl">fastai, PartialDL</a>
         */
        public Builder samplesPerEpoch(long samples) {
            samplesPerEpoch = Range.AT_LEAST_1.check("The number of samples of an epoch", samples);
            return this;
        }

        /** Whether to drop the last batch of a pass if it is smaller than the others. By default it is kept. */
        public Builder dropLast(boolean dropLast) {
            this.dropLast = dropLast;
            return this;
        }

        /**
         * The number of batches to prepare ahead on another thread, by default 4. With 0, which is the default on a single processor, a
         * batch is prepared when it is requested.
         */
        public Builder prefetch(int batches) {
            this.prefetch = Range.NOT_NEGATIVE.check("The number of prefetched batches", batches);
            return this;
        }

        /**
         * Whether batches are in pinned (page-locked) memory, so that copies to a GPU do not wait. By default they are not. Without CUDA
         * there is no pinned memory: a warning is logged, as in PyTorch.
         */
        public Builder pin(boolean pin) {
            this.pin = pin;
            return this;
        }

        /**
         * Builds the loader.
         *
         * @throws IllegalArgumentException if there would be more batches than an int can count
         * @throws IllegalStateException if {@link #weights} or {@link #samplesPerEpoch} was called without {@link #shuffle}
         */
        public TensorLoader build() {
            if (seed == null && (weighted != null || samplesPerEpoch != Long.MAX_VALUE)) {
                throw new IllegalStateException(
                        "weights(…) and samplesPerEpoch(…) sample at random: call shuffle(…) with a seed.");
            }
            if (pin && !torch.cuda_is_available()) {
                LoggerFactory.getLogger(TensorLoader.class)
                        .warn("pin(true) has no effect: pinned memory needs a CUDA device, and there is none.");
                pin = false;
            }
            return new TensorLoader(this);
        }
    }
}
