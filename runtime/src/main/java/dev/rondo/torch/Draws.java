package dev.rondo.torch;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Random numbers for a place in a run, such as an epoch and a batch. They depend only on the seed and the place, not on earlier random
 * numbers, so that a run can be repeated and resumed without saving a generator. Tensors are on the CPU and belong to the native scope of
 * the caller.
 */
public interface Draws {
    /** Samples of Beta(alpha, alpha): (n), float32, 0 to 1. */
    Tensor beta(double alpha, long n);

    /** A random permutation of 0 to n−1: (n), int64. */
    Tensor permutation(long n);

    /** Uniform samples from 0 (inclusive) to 1 (exclusive): (n), float64. */
    Tensor uniform(long n);

    /** A uniform integer from 0 to n−1. */
    long below(long n);

    /**
     * The random numbers of a place. They belong to the native scope of the caller. The same calls in the same order always return the same
     * numbers.
     *
     * @param seed the seed
     * @param place the numbers of the place, such as epoch and batch
     */
    static Draws at(long seed, long... place) {
        Torch.start();
        long mixed = seed;
        for (long number : place) {
            mixed = new SplittableRandom(mixed ^ number * 0x9E3779B97F4A7C15L)
                    .nextLong(); // neighbouring places must not be correlated
        }
        return new SeededDraws(torch.make_generator_cpu(mixed));
    }
}
