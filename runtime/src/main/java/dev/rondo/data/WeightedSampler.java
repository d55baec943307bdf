package dev.rondo.data;

import dev.rondo.torch.Draws;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws numbers of samples with replacement, each as often as its weight says. */
final class WeightedSampler {
    /** The sums of the weights up to each sample. */
    private final double[] sums;

    WeightedSampler(double[] weights) {
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

    /** So many numbers, (n) of int64, in the native scope of the caller. */
    Tensor draw(Draws draws, int n) {
        Tensor numbers = torch.zeros(new long[] {n}, new TensorOptions(ScalarType.Long));
        if (n == 0) return numbers; // of none there is no buffer
        DoubleBuffer shares = draws.uniform(n).createBuffer();
        LongBuffer drawn = numbers.createBuffer();
        while (shares.hasRemaining()) drawn.put(sample(shares.get() * sums[sums.length - 1]));
        return numbers;
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
