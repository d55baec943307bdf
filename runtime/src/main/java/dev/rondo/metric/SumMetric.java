package dev.rondo.metric;

import dev.rondo.torch.NoGrad;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A metric that is a function of a few sums over all elements. */
abstract class SumMetric implements Metric {
    private final String name;
    private final Direction direction;
    private final Sums sums = new Sums();
    private boolean any;

    SumMetric(String name, Direction direction) {
        this.name = name;
        this.direction = direction;
    }

    /** Computes the sums of a batch: a float64 vector. */
    abstract Tensor sums(Tensor pred, Tensor y);

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
    public void reset() {
        sums.reset();
        any = false;
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
    public void close() {
        sums.close();
        any = false;
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
