package dev.rondo.data;

import dev.rondo.check.Range;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Handles;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Samples that are split at random into training and validation data. Each sample is in one of them.
 *
 * <pre>{@code
 * RandomSplit split = RandomSplit.of(inputs, targets, 0.2, 42);
 * DataLoader train = TensorLoader.of(split.train()).shuffle(42).build();
 * DataLoader valid = TensorLoader.of(split.valid()).build();
 * }</pre>
 *
 * <p>The tensors are copies. The split owns them: keep it open while they are used.
 *
 * @param train the training data, in random order
 * @param valid the validation data, in random order
 * @see <a href="https://docs.fast.ai/data.transforms.html#randomsplitter">fastai, RandomSplitter</a>
 */
public record RandomSplit(Batch train, Batch valid) implements AutoCloseable {
    /**
     * Splits samples. The same seed always gives the same split; other numbers than fastai's.
     *
     * @param x inputs (N, …)
     * @param y targets (N, …), on the same device
     * @param validFraction the fraction of the samples for validation, from 0 to below 1; their number is rounded down
     * @param seed the seed
     * @throws IllegalStateException if a tensor is closed or undefined
     * @throws IllegalArgumentException if the fraction is out of range, or the tensors do not fit each other; see {@link
     *     TensorLoader#of(Tensor, Tensor)}
     */
    public static RandomSplit of(Tensor x, Tensor y, double validFraction, long seed) {
        Range.BELOW_1.check("The fraction of the samples for validation", validFraction);
        TensorLoader.of(x, y); // checks them
        long samples = x.size(0), valid = (long) (validFraction * samples);
        try (PointerScope temporary = new PointerScope();
                Device device = x.device()) {
            Tensor order = Draws.at(seed).permutation(samples).to(device, ScalarType.Long);
            Tensor ofValid = order.narrow(0, 0, valid), ofTrain = order.narrow(0, valid, samples - valid);
            Tensor[] parts = {
                x.index_select(0, ofTrain),
                y.index_select(0, ofTrain),
                x.index_select(0, ofValid),
                y.index_select(0, ofValid)
            };
            Arrays.stream(parts).forEach(Handles::own); // only after all calls that can fail
            return new RandomSplit(Batch.of(parts[0], parts[1]), Batch.of(parts[2], parts[3]));
        }
    }

    /** The shapes and types of the tensors. */
    @Override
    public String toString() {
        return "RandomSplit[train=" + train + ", valid=" + valid + "]";
    }

    /** Frees the tensors. */
    @Override
    public void close() {
        train.close();
        valid.close();
    }
}
