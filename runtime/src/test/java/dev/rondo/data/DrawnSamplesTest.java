package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weighted samples, as fastai's WeightedDL, and partial epochs, as its PartialDL. */
@ExtendWith(InScope.class)
class DrawnSamplesTest {
    private static final int N = 10;

    private static TensorLoader.Builder samples() {
        Tensor numbers = Tensors.count(N);
        return TensorLoader.of(numbers.view(N, 1), numbers).batchSize(4).shuffle(3);
    }

    private static double[] weights(double... first) {
        return Arrays.copyOf(first, N);
    }

    @Test
    void samplesOccurInProportionToTheirWeights() {
        TensorLoader loader = samples().weights(weights(0, 3, 0, 0, 1)).build();
        int[] counts = new int[N];
        for (int epoch = 0; epoch < 400; epoch++) draw(loader, epoch).forEach(i -> counts[i]++);
        assertEquals(3000, counts[1], 120); // of 4000; the standard deviation is 27
        assertEquals(4000, counts[1] + counts[4]);
    }

    @Test
    void anEpochOfWeightedSamplesIsAsLongAsTheData() {
        TensorLoader loader = samples().weights(weights(1, 1)).build();
        assertEquals(3, loader.size());
        assertEquals(N, draw(loader, 0).size());
        TensorLoader whole = samples().weights(weights(1)).dropLast(true).build();
        assertEquals(2, whole.size());
        assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 0), draw(whole, 0));
    }

    @Test
    void partialEpochsDiffer_andHaveNoSampleTwice() {
        TensorLoader loader = samples().samplesPerEpoch(5).build();
        assertEquals(2, loader.size());
        HashSet<List<Integer>> parts = new HashSet<>();
        for (int epoch = 0; epoch < 20; epoch++) {
            List<Integer> part = draw(loader, epoch);
            assertEquals(5, part.size());
            assertEquals(5, new HashSet<>(part).size());
            parts.add(part);
        }
        assertEquals(20, parts.size());
        assertEquals(1, samples().samplesPerEpoch(5).dropLast(true).build().size());
        assertEquals(
                4, draw(samples().samplesPerEpoch(5).dropLast(true).build(), 0).size());
    }

    @Test
    void aPartialEpochHasAtMostAllSamples() {
        assertEquals(
                IntStream.range(0, N).boxed().toList(),
                draw(samples().samplesPerEpoch(11).build(), 0).stream().sorted().toList());
    }

    @Test
    void aPartialEpochCanBeWeighted() {
        TensorLoader loader =
                samples().weights(weights(0, 1)).samplesPerEpoch(6).build();
        assertEquals(2, loader.size());
        assertEquals(List.of(1, 1, 1, 1, 1, 1), draw(loader, 7));
    }

    /** Earlier samples and the thread do not matter. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplesDependOnSeedAndEpochOnly(boolean weighted) {
        TensorLoader.Builder[] alike = {samples(), samples().prefetch(0)};
        for (TensorLoader.Builder b : alike) {
            if (weighted) b.weights(weights(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
            else b.samplesPerEpoch(7);
        }
        TensorLoader ahead = alike[0].build(), now = alike[1].build();
        List<Integer> fifth = draw(ahead, 5);
        torch.rand(100);
        draw(now, 0);
        assertEquals(fifth, draw(now, 5));
        assertNotEquals(fifth, draw(now, 4));
        assertNotEquals(fifth, draw(alike[0].shuffle(4).build(), 5));
    }

    @Test
    void orderedHasAllSamplesOnce() {
        DataLoader all =
                samples().weights(weights(1)).samplesPerEpoch(3).build().ordered();
        assertEquals(IntStream.range(0, N).boxed().toList(), draw(all, 0));
    }

    @Test
    void manyEpochsLeaveNoHandle() throws InterruptedException {
        TensorLoader loader =
                samples().weights(weights(1, 1)).samplesPerEpoch(6).build();
        draw(loader, 0);
        long before = Tensors.handles();
        for (int epoch = 0; epoch < 30; epoch++) draw(loader, epoch);
        assertTrue(Pointer.totalCount() <= before);
    }

    @Test
    void anEmptyDataSet() {
        TensorLoader none = TensorLoader.of(torch.zeros(0, 3), torch.zeros(0))
                .shuffle(1)
                .weights()
                .samplesPerEpoch(4)
                .build();
        assertEquals(0, none.size());
        assertEquals(List.of(), draw(none, 0));
    }

    private static List<Integer> draw(DataLoader loader, long epoch) {
        List<Integer> drawn = new ArrayList<>();
        try (PointerScope memory = new PointerScope();
                DataLoader.Pass pass = loader.open(epoch)) {
            for (Batch b = pass.next(); b != null; b = pass.next()) {
                for (float v : Tensors.values(b.yb().get(0))) drawn.add((int) v);
            }
        }
        return drawn;
    }
}
