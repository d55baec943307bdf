package dev.rondo.metric;

import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A metric that is a function of a few sums over all elements. */
abstract class SumMetric implements Metric {
    private final String name;
    private final Direction direction;
    private final Sums sums = new Sums();
    private boolean any;

    /** The number of classes or labels of the batches; 0 before the first one, and for metrics without classes. */
    int classes;

    SumMetric(String name, Direction direction) {
        this.name = name;
        this.direction = direction;
    }

    /** Computes the sums of a batch: a float64 vector. */
    abstract Tensor sums(Tensor pred, Tensor y);

    /** The number of {@link #sums(Tensor, Tensor) sums} of batches with {@link #classes}. */
    abstract long size(long classes);

    /** The values around which this metric computes its sums, by name. */
    Map<String, Origin> origins() {
        return Map.of();
    }

    /** Adds the sums of a batch to those of earlier batches, which are 0 at first, in place. */
    void add(Tensor total, Tensor batch) {
        total.add_(batch);
    }

    /** Computes the value from the sums; empty if it is undefined. */
    abstract OptionalDouble value(double[] sums);

    static Tensor vector(Tensor... scalars) {
        return torch.stack(new TensorVector(scalars));
    }

    /** A number on the device and in the type of another tensor. */
    static Tensor count(Tensor like, long n) {
        return like.new_full(new long[0], new Scalar((double) n));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<Direction> direction() {
        return Optional.of(direction);
    }

    @Override
    public final void reset() {
        sums.reset();
        forget();
    }

    private void forget() {
        any = false;
        classes = 0;
        origins().values().forEach(Origin::close);
    }

    @Override
    public final void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        if (y.numel() == 0) return;
        try (NoGrad off = NoGrad.enter();
                PointerScope temporary = new PointerScope()) {
            Tensor batch = sums(pred, y);
            add(sums.on(batch, batch.numel()), batch);
            any = true;
        }
    }

    @Override
    public final OptionalDouble value() {
        return any ? value(sums.read()) : OptionalDouble.empty();
    }

    @Override
    public final Optional<Map<String, Tensor>> state() {
        if (!any) return Optional.of(Map.of());
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            state.put("sums", sums.vector());
            state.put("classes", SavedState.number(classes));
            origins().forEach((name, origin) -> state.put(name, origin.first()));
            return Optional.of(SavedState.copies(state));
        }
    }

    @Override
    public final void load(Map<String, Tensor> state) {
        List<String> names = new ArrayList<>(origins().keySet());
        names.addAll(List.of("sums", "classes"));
        SavedState saved = new SavedState(name, state, names);
        if (saved.isEmpty()) {
            reset();
            return;
        }
        int count = (int) saved.number("classes", 0, Integer.MAX_VALUE);
        Tensor vector = saved.tensor("sums", ScalarType.Double, size(count));
        for (String origin : origins().keySet()) saved.tensor(origin, ScalarType.Double);
        sums.load(vector);
        origins().forEach((name, origin) -> origin.load(saved.tensor(name)));
        classes = count;
        any = true;
    }

    @Override
    public final void close() {
        sums.close();
        forget();
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
