package dev.rondo.metric;

import dev.rondo.torch.Handles;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The first of all values. Sums of squares around it lose no digits if the values are far from 0, and are exactly 0 if all values are equal.
 */
final class Origin implements AutoCloseable {
    private @Nullable Tensor first;

    /** The distances of values (N) from the first value of the first batch. */
    Tensor around(Tensor values) {
        if (first == null) first = Handles.own(values.select(0, 0).clone());
        return values.sub(first.to(values.device(), first.scalar_type()));
    }

    /** The first value, which must exist: a scalar. */
    Tensor first() {
        return Objects.requireNonNull(first);
    }

    /** Replaces the first value by a copy. */
    void load(Tensor saved) {
        close();
        try (PointerScope temporary = new PointerScope()) {
            first = Handles.own(SavedState.copy(saved));
        }
    }

    /** Forgets and frees the first value. */
    @Override
    public void close() {
        if (first != null) first.close();
        first = null;
    }
}
