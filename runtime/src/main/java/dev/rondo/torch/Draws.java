package dev.rondo.torch;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Random numbers for one place of a run. What {@link #at} gives is a pure function of a seed and of the numbers of the place, an epoch's
 * and a batch's for example: it depends on nothing that was drawn before, so that a run can be repeated, and resumed, without a generator
 * to save. Tensors lie on the CPU and belong to the native scope of the caller.
 */
public interface Draws {
    /** Shares from the distribution Beta(alpha, alpha), (n) of float32 from 0 to 1. */
    Tensor beta(double alpha, long n);

    /** The numbers from 0 to n−1 in another sequence, (n) of int64. */
    Tensor permutation(long n);

    /** Numbers from 0 to below 1, (n) of float64. */
    Tensor uniform(long n);

    /** A number from 0 to n−1. */
    long below(long n);

    /** The draws of a place; they belong to the native scope of the caller, and a sequence of calls gives the same every time. */
    static Draws at(long seed, long... place) {
        Torch.start();
        long mixed = seed;
        for (long number : place) {
            mixed = new SplittableRandom(mixed ^ number * 0x9E3779B97F4A7C15L)
                    .nextLong(); // neighbours must not be alike
        }
        return new SeededDraws(torch.make_generator_cpu(mixed));
    }
}
