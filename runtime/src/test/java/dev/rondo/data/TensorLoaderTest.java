package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets are the numbers of the samples and inputs are ten times as large, so that a batch shows its samples. */
@ExtendWith(InScope.class)
class TensorLoaderTest {
    private final Tensor y = Tensors.count(10);
    private final Tensor x = Tensors.count(10, 1).mul(new Scalar(10f));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 20})
    void keepsTheOrderOfTheSamples(int prefetch) {
        TensorLoader loader =
                TensorLoader.of(x, y).batchSize(4).prefetch(prefetch).build();
        assertEquals(3, loader.size());
        assertEquals(batches(4, IntStream.range(0, 10)), draw(loader, 0));
        assertEquals(draw(loader, 0), draw(loader, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void dropsTheShortBatch(int prefetch) {
        TensorLoader loader = TensorLoader.of(x, y)
                .batchSize(4)
                .prefetch(prefetch)
                .dropLast(true)
                .build();
        assertEquals(2, loader.size());
        assertEquals(batches(4, IntStream.range(0, 8)), draw(loader, 0));
        TensorLoader even = TensorLoader.of(x, y).batchSize(5).dropLast(true).build();
        assertEquals(2, even.size());
        assertEquals(2, draw(even, 0).size());
        assertEquals(
                0, TensorLoader.of(x, y).batchSize(11).dropLast(true).build().size());
    }

    @Test
    void orderDependsOnSeedAndEpochOnly() {
        TensorLoader ahead = TensorLoader.of(x, y).batchSize(4).shuffle(3).build();
        TensorLoader now =
                TensorLoader.of(x, y).batchSize(4).shuffle(3).prefetch(0).build();
        List<List<Integer>> fifth = draw(ahead, 5);
        torch.rand(100); // other uses of the default generator change nothing
        assertEquals(draw(now, 0), draw(ahead, 0));
        assertEquals(fifth, draw(now, 5));
        assertNotEquals(
                fifth, draw(TensorLoader.of(x, y).batchSize(4).shuffle(4).build(), 5));
    }

    @Test
    void eachEpochHasAnotherOrderOfAllSamples() {
        TensorLoader loader = TensorLoader.of(x, y).batchSize(4).shuffle(0).build();
        HashSet<List<Integer>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 50; epoch++) {
            List<Integer> order =
                    draw(loader, epoch).stream().flatMap(List::stream).toList();
            assertEquals(
                    IntStream.range(0, 10).boxed().toList(),
                    order.stream().sorted().toList());
            orders.add(order);
        }
        assertEquals(50, orders.size());
    }

    @Test
    void theDefaultGeneratorIsNotUsed() {
        float expected = torch.rand(1).item_float();
        torch.manual_seed(1);
        draw(TensorLoader.of(x, y).shuffle(9).build(), 0);
        assertEquals(expected, torch.rand(1).item_float());
    }

    @Test
    void anEmptyDataSet() {
        TensorLoader none =
                TensorLoader.of(torch.zeros(0, 3), torch.zeros(0)).shuffle(1).build();
        assertEquals(0, none.size());
        assertEquals(List.of(), draw(none, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aBatchIsValidUntilTheNextCall(int prefetch) {
        try (DataLoader.Pass pass = TensorLoader.of(x, y)
                .batchSize(5)
                .prefetch(prefetch)
                .shuffle(1)
                .build()
                .open(0)) {
            Tensor first = pass.next().xb().get(0);
            assertFalse(first.isNull());
            Tensor second = pass.next().xb().get(0);
            assertTrue(first.isNull());
            assertNull(pass.next());
            assertTrue(second.isNull());
            assertNull(pass.next());
        }
    }

    /** A callback may scale a batch in place: the data must be the same in the next epoch. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchIsACopy(boolean shuffled) {
        TensorLoader.Builder loader = TensorLoader.of(x, y).batchSize(5);
        if (shuffled) loader.shuffle(1);
        try (DataLoader.Pass pass = loader.build().open(0)) {
            pass.next().xb().get(0).zero_();
        }
        assertEquals(450, x.sum().item_float());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void manyPassesLeaveNoHandle(int prefetch) throws InterruptedException {
        TensorLoader loader =
                TensorLoader.of(x, y).batchSize(3).shuffle(1).prefetch(prefetch).build();
        pass(loader, 99);
        long before = Tensors.handles();
        for (int epoch = 0; epoch < 50; epoch++) pass(loader, 99);
        assertEquals(before, Pointer.totalCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void closingEarlyFreesEverything(int prefetch) throws InterruptedException {
        TensorLoader loader =
                TensorLoader.of(x, y).batchSize(1).shuffle(1).prefetch(prefetch).build();
        pass(loader, 1);
        long before = Tensors.handles();
        for (int batches = 0; batches < 10; batches++) {
            pass(loader, batches);
            assertEquals(0, workers());
            assertEquals(before, Pointer.totalCount());
        }
    }

    /** As in the training loop, each batch has its own native scope. */
    private static void pass(TensorLoader loader, int batches) {
        try (DataLoader.Pass pass = loader.open(0)) {
            for (int i = 0; i < batches; i++) {
                try (PointerScope scope = new PointerScope()) {
                    if (pass.next() == null) return;
                }
            }
        }
    }

    /** The threads that prepare batches, without those that wait for the next pass. */
    static long workers() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .filter(frame -> frame.getClassName().equals(Prefetching.class.getName())
                        && frame.getMethodName().equals("work"))
                .count();
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertMessage(
                "Inputs [10, 1] and targets [3] differ in their number of samples.",
                () -> TensorLoader.of(x, Tensors.count(3)));
        assertMessage(
                "The first dimension counts the samples, but inputs [] or targets [10] have none.",
                () -> TensorLoader.of(y.sum(), y));
        assertMessage(
                "Inputs and targets must lie on one device, not on meta and cpu.",
                () -> TensorLoader.of(x.to(new Device("meta"), ScalarType.Float), y));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void freedTensorsAreNamed() {
        Tensor inputs = Tensors.count(10), targets = Tensors.count(10);
        TensorLoader.Builder builder = TensorLoader.of(inputs, targets);
        TensorLoader loader = builder.build();
        targets.close();
        String message =
                "The tensors of this loader are freed. Keep them open while the loader is used, and the PointerScope"
                        + " in which they were made.";
        for (Executable call :
                List.<Executable>of(() -> loader.open(0), builder::build, () -> TensorLoader.of(inputs, targets))) {
            assertEquals(
                    message, assertThrows(IllegalStateException.class, call).getMessage());
        }
    }

    @Test
    void loadersAndBatchesSayWhatTheyHold() {
        TensorLoader loader = TensorLoader.of(x, y).batchSize(4).shuffle(1).build();
        assertEquals("TensorLoader of 10 samples in 3 batches of 4, shuffled", loader.toString());
        assertEquals(
                "DataLoaders[train=" + loader + ", valid=" + loader + ", device=cpu]",
                new DataLoaders(loader, loader).toString());
        assertEquals(
                "Batch of [10, 1] float32 with targets [10] float32",
                Batch.of(x, y).toString());
    }

    @Test
    void aBatchCountsItsTargets() {
        assertEquals(10, new Batch(List.of(Tensors.count(3)), List.of(y)).size());
        assertEquals(3, new Batch(List.of(Tensors.count(3)), List.of()).size());
    }

    private static List<List<Integer>> batches(int size, IntStream samples) {
        int[] all = samples.toArray();
        return IntStream.iterate(0, i -> i < all.length, i -> i + size)
                .mapToObj(i -> IntStream.range(i, Math.min(i + size, all.length))
                        .mapToObj(j -> all[j])
                        .toList())
                .toList();
    }

    /** The samples of each batch of a pass. */
    private static List<List<Integer>> draw(DataLoader loader, long epoch) {
        List<List<Integer>> batches = new ArrayList<>();
        try (DataLoader.Pass pass = loader.open(epoch)) {
            for (Batch b = pass.next(); b != null; b = pass.next()) {
                List<Integer> samples = integers(b.yb().get(0));
                assertEquals(samples.stream().map(s -> 10 * s).toList(), integers(b.xb().get(0)));
                assertEquals(samples.size(), b.size());
                batches.add(samples);
            }
        }
        return batches;
    }

    private static List<Integer> integers(Tensor t) {
        float[] values = Tensors.values(t);
        return Stream.iterate(0, i -> i < values.length, i -> i + 1)
                .map(i -> (int) values[i])
                .toList();
    }
}
