package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class DrawsTest {
    @Test
    void dependOnSeedAndPlaceOnly() {
        float[] first = all(1, 2, 3);
        Torch.seed(99);
        assertArrayEquals(first, all(1, 2, 3));
        Set<Float> others = new HashSet<>();
        for (long[] place : new long[][] {{0, 2, 3}, {1, 3, 2}, {1, 2, 4}, {1, 2}, {1, 2, 3, 0}, {2, 1, 3}}) {
            others.add(all(place)[0]);
        }
        assertEquals(6, others.size());
        assertFalse(others.contains(first[0]));
    }

    /** Samples, a permutation and an integer for a seed and a place. */
    private static float[] all(long... seedAndPlace) {
        Draws draws = Draws.at(seedAndPlace[0], Arrays.copyOfRange(seedAndPlace, 1, seedAndPlace.length));
        float[] samples = Tensors.values(draws.beta(.4, 3)), order = Tensors.values(draws.permutation(5));
        float[] all = Arrays.copyOf(samples, 9);
        System.arraycopy(order, 0, all, 3, 5);
        all[8] = draws.below(1000);
        return all;
    }

    @Test
    void doNotUseTheDefaultGenerator() {
        Torch.seed(5);
        float expected = torch.rand(1).item_float();
        Torch.seed(5);
        all(1, 2, 3);
        assertEquals(expected, torch.rand(1).item_float());
    }

    /** Beta(a, a) has mean ½ and variance 1/(4·(2a+1)). */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, .1, .4, 1, 8, 1e4})
    void betaSamplesFollowTheirDistribution(double alpha) {
        Tensor samples = Draws.at(7).beta(alpha, 200_000);
        assertTrue(samples.min().item_float() >= 0 && samples.max().item_float() <= 1);
        assertEquals(.5, samples.mean().item_float(), 5e-3);
        double variance = 1 / (4 * (2 * alpha + 1));
        assertEquals(variance, samples.var().item_float(), Math.max(.02 * variance, 1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-308, 1e308, Double.MAX_VALUE})
    void betaSamplesAreFiniteForExtremeAlphas(double alpha) {
        for (float sample : Tensors.values(Draws.at(7).beta(alpha, 100))) {
            assertTrue(alpha < 1 ? sample == 0 || sample == 1 : sample == .5f, () -> alpha + ": " + sample);
        }
    }

    @Test
    void permutationsHaveEachNumberOnce() {
        float[] order = Tensors.values(Draws.at(3).permutation(50));
        Arrays.sort(order);
        assertArrayEquals(Tensors.values(Tensors.count(50)), order);
        assertArrayEquals(new float[] {0}, Tensors.values(Draws.at(3).permutation(1)));
    }

    @Test
    void uniformSamplesAreUniform() {
        Tensor numbers = Draws.at(3, 1).uniform(100_000);
        assertTrue(numbers.min().item_double() >= 0 && numbers.max().item_double() < 1);
        assertEquals(.5, numbers.mean().item_double(), 5e-3);
        assertEquals(1.0 / 12, numbers.var().item_double(), 1e-3);
        assertTrue(numbers.equal(Draws.at(3, 1).uniform(100_000)));
    }

    @Test
    void integersReachEveryValue() {
        Draws draws = Draws.at(4);
        int[] counts = new int[5];
        for (int i = 0; i < 1000; i++) counts[(int) draws.below(5)]++;
        for (int count : counts) assertTrue(count > 150 && count < 250, Arrays.toString(counts));
    }
}
