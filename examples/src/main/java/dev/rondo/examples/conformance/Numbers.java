package dev.rondo.examples.conformance;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.torch.Torch;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The data of the scenarios: batches of the given sizes with inputs 1, 2, 3, … and targets 2x + 1, all float32 of shape (N, 1). */
record Numbers(List<Integer> batchSizes) implements DataLoader {
    Numbers {
        Torch.start();
    }

    @Override
    public int size() {
        return batchSizes.size();
    }

    @Override
    public Pass open(long epoch) {
        return new Pass() {
            private int nextBatch;
            private int firstInput = 1;

            @Override
            public Batch next() {
                if (nextBatch == batchSizes.size()) return null;
                int batchSize = batchSizes.get(nextBatch++);
                Tensor x = torch.arange(
                                new Scalar((double) firstInput),
                                new Scalar((double) firstInput + batchSize),
                                new Scalar(1.0),
                                float32())
                        .view(batchSize, 1);
                firstInput += batchSize;
                return Batch.of(x, x.mul(new Scalar(2.0)).add(new Scalar(1.0)));
            }

            @Override
            public void close() {}
        };
    }

    private static TensorOptions float32() {
        return new TensorOptions(ScalarType.Float);
    }
}
