package dev.rondo.data;

import java.nio.LongBuffer;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws numbers of samples with replacement, each as often as its weight says. */
final class WeightedDraw {
    /** The sums of the weights up to each sample. */
    private final double[] sums;

    WeightedDraw(double[] weights) {
        sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        "A sample's weight is 0 or more, but that of sample " + i + " is " + weights[i] + ".");
            }
            sums[i] = sum += weights[i];
        }
        if (weights.length > 0 && !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The weights of the samples add up to a number above 0, but these to " + sum + ".");
        }
    }

    /** So many numbers, int64: a pure function of the seed. */
    Tensor draw(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] drawn = new long[n];
        for (int i = 0; i < n; i++) drawn[i] = sample(random.nextDouble() * sums[sums.length - 1]);
        try (TensorOptions int64 = new TensorOptions(ScalarType.Long);
                MemoryFormatOptional usual = new MemoryFormatOptional()) {
            Tensor numbers = torch.empty(new long[] {n}, int64, usual);
            if (n > 0) numbers.<LongBuffer>createBuffer().put(drawn); // of none there is no buffer
            return numbers;
        }
    }

    /** The first sample whose sum is larger: a weight of 0 makes none larger, so it is never drawn. */
    private int sample(double at) {
        int low = 0, high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > at) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
