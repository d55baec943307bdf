package dev.rondo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes that begin in the middle of an epoch, and the settings that decide what is in them. */
@ExtendWith(InScope.class)
class SeekTest {
    private final Tensor x = Tensors.count(23, 2, 1);
    private final Tensor y = Tensors.count(23);

    /** A loader of a program's own, which can only be read from the start. */
    private record Own(DataLoader loader, int size) implements DataLoader {
        @Override
        public Pass open(long epoch) {
            return loader.open(epoch);
        }
    }

    private TensorLoader.Builder builder() {
        return TensorLoader.of(x, y).batchSize(4);
    }

    private List<DataLoader> loaders(int prefetch) {
        double[] weights = new double[23];
        Arrays.setAll(weights, i -> i % 3);
        return Stream.of(
                        builder(),
                        builder().dropLast(true),
                        builder().shuffle(1),
                        builder().shuffle(1).dropLast(true),
                        builder().shuffle(1).weights(weights),
                        builder().shuffle(1).samplesPerEpoch(10),
                        builder().shuffle(1).weights(weights).samplesPerEpoch(9).dropLast(true))
                .map(builder -> (DataLoader) builder.prefetch(prefetch).build())
                .toList();
    }

    private List<DataLoader> all() {
        DataLoader shuffled = builder().shuffle(1).build();
        List<DataLoader> all = new ArrayList<>(loaders(0));
        all.addAll(loaders(4));
        all.add(shuffled.prefetch(2));
        all.add(new Own(shuffled, 6));
        all.add(new Own(shuffled, 6).prefetch(2));
        return all;
    }

    private static List<String> read(DataLoader.Pass opened) {
        List<String> batches = new ArrayList<>();
        try (DataLoader.Pass pass = opened) {
            while (true) {
                try (PointerScope scope = new PointerScope()) {
                    Batch batch = pass.next();
                    if (batch == null) return batches;
                    batches.add(
                            Arrays.toString(Tensors.values(batch.x())) + Arrays.toString(Tensors.values(batch.y())));
                }
            }
        }
    }

    @Test
    void aPassThatBeginsInTheMiddleHasTheRestOfTheBatches() {
        for (DataLoader loader : all()) {
            for (long epoch : new long[] {0, 5}) {
                List<String> whole = read(loader.open(epoch));
                assertEquals(loader.size(), whole.size());
                for (int first : new int[] {0, 1, loader.size() / 2, loader.size()}) {
                    assertEquals(
                            whole.subList(first, whole.size()),
                            read(loader.open(epoch, first)),
                            () -> loader + " from " + first);
                }
            }
        }
    }

    @Test
    void thereIsNoBatchBeforeTheFirstOrAfterTheEnd() {
        for (DataLoader loader : all()) {
            int size = loader.size();
            for (int first : new int[] {-1, size + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                Exception e = assertThrows(IllegalArgumentException.class, () -> loader.open(0, first));
                assertEquals(
                        "A pass over " + size + " batches begins with batch 0 to " + size + ", not " + first + ".",
                        e.getMessage());
            }
        }
    }

    @Test
    void aPassThatEndsBeforeItsFirstBatch() {
        Exception e = assertThrows(
                IllegalStateException.class, () -> new Own(builder().build(), 9).open(0, 8));
        assertEquals("The pass ended before batch 6, but its loader has 9 batches.", e.getMessage());
    }

    @Test
    void whoCanSeek() {
        assertTrue(builder().build().canSeek());
        assertTrue(builder().build().prefetch(2).canSeek());
        assertFalse(new Own(builder().build(), 6).canSeek());
        assertFalse(new Own(builder().build(), 6).prefetch(2).canSeek());
    }

    @Test
    void settingsSayWhatDecidesTheBatches() {
        Map<String, String> settings = builder().shuffle(-7).build().settings();
        assertEquals(
                "{number of samples=23, number of samples of an epoch=23, batch size=4, short last batch=kept,"
                        + " shuffle seed=-7, weights of the samples=none, input of a sample=[2, 1] float32,"
                        + " target of a sample=[] float32}",
                settings.toString());
        assertEquals(
                settings, builder().shuffle(-7).prefetch(9).build().prefetch(2).settings()); // the same batches
        assertEquals(Map.of("number of batches", "6"), new Own(builder().build(), 6).settings());
    }

    /** A change of each of them. */
    @ParameterizedTest
    @MethodSource
    void otherBatchesHaveOtherSettings(TensorLoader.Builder builder) {
        TensorLoader loader = TensorLoader.of(Tensors.count(8), Tensors.count(8))
                .shuffle(1)
                .weights(1, 1, 1, 1, 1, 1, 1, 1)
                .build();
        assertNotEquals(loader.settings(), builder.build().settings());
    }

    static Stream<TensorLoader.Builder> otherBatchesHaveOtherSettings() {
        Tensor eight = Tensors.count(8);
        TensorLoader.Builder[] all = Stream.generate(
                        () -> TensorLoader.of(eight, eight).shuffle(1).weights(1, 1, 1, 1, 1, 1, 1, 1))
                .limit(5)
                .toArray(TensorLoader.Builder[]::new);
        return Stream.of(
                all[0].batchSize(5),
                all[1].dropLast(true),
                all[2].shuffle(2),
                all[3].weights(1, 1, 1, 1, 1, 1, 1, 2),
                all[4].samplesPerEpoch(7),
                TensorLoader.of(eight, eight).shuffle(1),
                TensorLoader.of(eight.reshape(8, 1), eight).shuffle(1).weights(1, 1, 1, 1, 1, 1, 1, 1),
                TensorLoader.of(Tensors.count(9), Tensors.count(9)).shuffle(1).weights(1, 1, 1, 1, 1, 1, 1, 1, 1));
    }
}
