package dev.rondo.callback;

import static java.util.Objects.requireNonNull;

import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.Series;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.check.Argument;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.nn.Layer;
import dev.rondo.torch.NoGrad;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Records statistics of a model's activations during a fit: mean, standard deviation and fraction of values near zero of each layer's
 * output, and histograms if asked for. By default it records every training batch, for all layers that have parameters and no child layers.
 * The values are those of the last fit.
 *
 * <p>Costs about ten small operators for each layer in a recorded batch, and nothing in the others. Waits for the device when the values
 * are read, and once in 1024 recorded batches.
 *
 * @see <a href="https://docs.fast.ai/callback.hook.html#activationstats">fastai, ActivationStats</a>
 */
@Callback(order = -20, kinds = RunKind.FIT)
public final class ActivationStats implements AutoCloseable {
    /** The number of bins of a histogram, of equal width. */
    public static final int BINS = 40;

    /** The upper end of the last bin; the first begins at 0. */
    public static final double TOP = 10;

    /** Values up to this one count as near zero, including all negative ones, as in fastai. */
    public static final double NEAR_ZERO = 0.05;

    private static final int NUMBERS = 3;

    private final int every;
    private final boolean histograms;
    private final List<Layer> given;
    private final Hooks hooks = new Hooks(this::record);
    private final Map<Layer, Integer> places = new IdentityHashMap<>();
    private transient List<String> names = List.of();
    /** The statistics of each layer in this batch; null in a batch that is not recorded. */
    private final ScopeLocal<Tensor @Nullable []> seen = ScopeLocal.of(Scope.BATCH);

    @Checkpointed
    final Series stats = new Series();

    /** Records all layers that have parameters and no child layers, in every training batch, without histograms. */
    public ActivationStats() {
        this(1, false, List.of());
    }

    private ActivationStats(int every, boolean histograms, List<Layer> given) {
        this.every = HookCallback.checked(every);
        this.histograms = histograms;
        this.given = given;
    }

    /** Records every n-th training batch of a fit, starting with the first; n is at least 1. */
    public ActivationStats every(int n) {
        return new ActivationStats(n, histograms, given);
    }

    /** Also records histograms. */
    public ActivationStats withHistograms() {
        return new ActivationStats(every, true, given);
    }

    /** Records only these layers. */
    public ActivationStats of(Layer... layers) {
        return new ActivationStats(every, histograms, Argument.all("layers", layers));
    }

    @On(Event.BEFORE_FIT)
    void start(Learner learner) {
        Map<String, Layer> layers = chosen(learner);
        names = List.copyOf(layers.keySet());
        places.clear();
        layers.values().forEach(layer -> places.put(layer, places.size()));
        hooks.layers(learner, layers.values());
        stats.reset();
    }

    private Map<String, Layer> chosen(Learner learner) {
        if (given.isEmpty()) return ModelLayers.withParameters(learner.model(), ActivationStats.class);
        Map<String, Layer> all = ModelLayers.of(learner.model(), ActivationStats.class);
        for (Layer layer : given) {
            if (!all.containsValue(layer)) {
                throw new IllegalArgumentException(
                        "ActivationStats cannot record a " + layer + " that is not part of the model.");
            }
        }
        all.values().retainAll(given);
        return all;
    }

    @On(Event.BEFORE_BATCH)
    void begin(Learner learner) {
        boolean records = learner.training() && learner.trainIter() % every == 0;
        if (records) seen.set(learner, new Tensor[places.size()]);
        hooks.until(learner, Scope.BATCH, records);
    }

    private void record(Learner learner, Layer layer, Tensor output) {
        Tensor[] row = seen.get(learner);
        if (row == null) return; // the batch belongs to a nested run
        try (NoGrad off = NoGrad.enter()) {
            Tensor x = output.to(ScalarType.Float);
            T_TensorTensor_T deviationAndMean = torch.std_mean(x);
            Tensor nearZero = x.le(new Scalar(NEAR_ZERO)).to(ScalarType.Float).mean();
            Tensor numbers = torch.stack(new TensorVector(deviationAndMean.get1(), deviationAndMean.get0(), nearZero));
            row[requireNonNull(places.get(layer))] = histograms
                    ? torch.cat(new TensorVector(numbers, x.histc(BINS, new Scalar(0.0), new Scalar(TOP))))
                    : numbers;
        }
    }

    @On(Event.AFTER_BATCH)
    void store(Learner learner) {
        Tensor[] seenHere = seen.get(learner);
        if (seenHere == null) return;
        hooks.report(learner, ActivationStats.class);
        Optional<Tensor> some = Arrays.stream(seenHere).filter(Objects::nonNull).findFirst();
        if (some.isEmpty()) return; // the batch was cancelled before the model ran
        try (PointerScope temporary = new PointerScope()) {
            Tensor missing = torch.full_like(some.get(), new Scalar(Double.NaN));
            Tensor[] row =
                    Arrays.stream(seenHere).map(s -> s == null ? missing : s).toArray(Tensor[]::new);
            stats.add(torch.cat(new TensorVector(row)));
        }
    }

    /** The names of the layers, as PyTorch names modules: {@code 0}, {@code 2.1}, … */
    public List<String> layers() {
        return names;
    }

    /** The mean of a layer's output in each recorded batch; NaN where the layer was not called. Waits for the device. */
    @WaitsForDevice
    public double[] means(String layer) {
        return stats.column(first(layer));
    }

    /** The standard deviation of a layer's output in each recorded batch. Waits for the device. */
    @WaitsForDevice
    public double[] deviations(String layer) {
        return stats.column(first(layer) + 1);
    }

    /** The fraction of values near zero in a layer's output, in each recorded batch. Waits for the device. */
    @WaitsForDevice
    public double[] nearZero(String layer) {
        return stats.column(first(layer) + 2);
    }

    /** The number of values in each bin: a row of {@link #BINS} counts for each recorded batch. Waits for the device. */
    @WaitsForDevice
    public double[][] histograms(String layer) {
        if (!histograms)
            throw new IllegalStateException("This ActivationStats records no histograms: build it withHistograms().");
        int from = first(layer) + NUMBERS;
        double[][] rows = new double[stats.rows()][BINS];
        for (int bin = 0; bin < BINS; bin++) {
            double[] counts = stats.column(from + bin);
            for (int row = 0; row < rows.length; row++) rows[row][bin] = counts[row];
        }
        return rows;
    }

    private int first(String layer) {
        int place = names.indexOf(Argument.given("layer", layer));
        if (place < 0) {
            throw new IllegalArgumentException("No layer '" + layer + "' is recorded: there are " + names + ".");
        }
        return place * (histograms ? NUMBERS + BINS : NUMBERS);
    }

    /** Frees the tensors on the device; the recorded values stay. */
    @Override
    public void close() {
        stats.close();
    }

    @Override
    public String toString() {
        return "ActivationStats[every=" + every + ", histograms=" + histograms + ", batches=" + stats.rows() + "]";
    }
}
