package dev.rondo.data;

import dev.rondo.torch.Draws;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Samples indices with replacement, with probabilities proportional to weights. */
final class WeightedSampler {
    /** The cumulative sums of the weights. */
    private final double[] sums;

    WeightedSampler(double[] weights) {
        sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        "The weight of a sample is 0 or more, but that of sample " + i + " is " + weights[i] + ".");
            }
            sums[i] = sum += weights[i];
        }
        if (weights.length > 0 && !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The sum of the weights is a finite number above 0, not " + sum + ".");
        }
    }

    /** A short text that differs between different weights: {@code CRC32C 1a2b3c4d}. */
    String checksum() {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        for (double sum : sums) crc.update(bytes.putDouble(0, sum).rewind());
        return "CRC32C " + Long.toHexString(crc.getValue());
    }

    /** Samples n indices: (n) of int64, in the native scope of the caller. */
    Tensor draw(Draws draws, int n) {
        Tensor numbers = torch.zeros(new long[] {n}, new TensorOptions(ScalarType.Long));
        if (n == 0) return numbers; // an empty tensor has no buffer
        DoubleBuffer uniform = draws.uniform(n).createBuffer();
        LongBuffer drawn = numbers.createBuffer();
        while (uniform.hasRemaining()) drawn.put(sample(uniform.get() * sums[sums.length - 1]));
        return numbers;
    }

    /** The first sample whose cumulative sum is larger than {@code at}. A sample of weight 0 is never returned. */
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
