package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.torch.TensorText;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A loader of one batch that holds one item without targets. */
record SingleItem(List<Tensor> item) implements DataLoader {
    SingleItem(Tensor... item) {
        this(Argument.all("item", item));
        for (int i = 0; i < item.length; i++) {
            if (item[i].isNull() || !item[i].defined()) {
                throw new IllegalArgumentException(
                        "A prediction takes tensors, and 'item[" + i + "]' is " + TensorText.of(item[i]) + ".");
            }
        }
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public Pass open(long epoch) {
        return new Pass() {
            private boolean drawn;

            @Override
            public @Nullable Batch next() {
                if (drawn) return null;
                drawn = true;
                return new Batch(item.stream().map(t -> t.unsqueeze(0)).toList(), List.of());
            }

            @Override
            public void close() {}
        };
    }
}
