package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.loss.Losses;
import dev.rondo.nn.BatchNorm2d;
import dev.rondo.nn.Conv2d;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.LrSearch;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L12 to L14: lrFind, which restores the learner. */
class LrFindTest extends Fixture {
    private void given(int batches) {
        build(given(Numbers.batches(batches), Numbers.batches(1)).optimizer(Optimizers.sgd(.9, 0)));
    }

    @Test
    void l12_runsOneBatchForEachRate_andCancelsValidations() {
        given(3);
        LrSearch found = learner.lrFind(new LrRange().withBatches(20).withoutEarlyStop());
        assertTrace("BF [BE BT t t t AT BV CV AV AE]x6 BE BT t t CF AF");
        assertArrayEquals(
                IntStream.range(0, 20)
                        .mapToDouble(i -> 1e-7 * Math.pow(1e8, i / 20.0))
                        .toArray(),
                found.measured().lrs(),
                1e-12);
        assertEquals(7, learner.nEpoch()); // as fastai
        assertLine(0, 0);
        assertEquals(List.of(), learner.recorder().rows());
        assertEquals(0, learner.recorder().lrs().length);
        assertTrue(Double.isNaN(learner.smoothLoss()));
        assertThrows(IllegalStateException.class, learner::optimizer); // there was none before
    }

    @Test
    void l13_stopsWhenTheLossIsTooLarge() {
        build(given(Numbers.batches(4), Numbers.batches(1)));
        LrSearch found = learner.lrFind(new LrRange(1e-3, 10).withBatches(20));
        assertTrace("BF BE BT t t t CF AF");
        assertClose(found.measured().losses(), 17, 40.805, 71.4454);
    }

    @Test
    void aNestedValidationIsNotCancelled() {
        build(given(Numbers.batches(4), Numbers.batches(1)));
        List<EpochRow> rows = new ArrayList<>();
        learner.add(Callbacks.on(AFTER_BATCH, 70, l -> {
            if (l.training()) rows.add(l.validate());
        }));
        LrSearch found = learner.lrFind(new LrRange(1e-3, 10).withBatches(20));
        assertClose(found.measured().losses(), 17, 40.805, 71.4454); // and the search still stops
        assertEquals(2, rows.size());
        for (EpochRow row : rows) assertEquals(Set.of("valid_loss"), row.cells().keySet());
    }

    @Test
    void batchesWithoutALossAreNotMeasured() {
        build(given(Numbers.batches(4), Numbers.batches(1)));
        learner.add(Throw.always(BEFORE_BATCH, 1, l -> l.trainIter() != 3, CancelBatchException.INSTANCE));
        LrSearch found = learner.lrFind(new LrRange().withBatches(20));
        assertEquals(1, found.measured().size());
        assertClose(found.measured().lrs()[0], 1e-7 * Math.pow(1e8, 3 / 20.0));
    }

    @Test
    void learningRatesOfGroups() {
        line = new LinearModel.InTwoGroups();
        given(3);
        List<Double> first = new ArrayList<>();
        learner.add(Callbacks.on(
                AFTER_BATCH, l -> first.add(l.optimizer().groups().get(0).get(Hyper.LR))));
        learner.lrFind(new LrRange(List.of(1e-4, 1e-3), List.of(1e-2, 1e-1))
                .withBatches(6)
                .withoutEarlyStop());
        assertClose(
                first.stream().mapToDouble(d -> d).toArray(),
                IntStream.range(0, 6)
                        .mapToDouble(i -> 1e-4 * Math.pow(100, i / 6.0))
                        .toArray());
    }

    @Test
    void aWrongNumberOfRatesAndAnEmptyLoaderAreRejected() {
        given(3);
        LrRange two = new LrRange(List.of(1e-4, 1e-3), List.of(1.0, 1.0))
                .withBatches(6)
                .withoutEarlyStop();
        assertEquals(
                "Trying to set 2 values for lr but there are 1 parameter groups.",
                assertThrows(IllegalArgumentException.class, () -> learner.lrFind(two))
                        .getMessage());
        build(given(Numbers.of(), Numbers.batches(1)));
        assertThrows(IllegalArgumentException.class, learner::lrFind);
        build(given().defaultCallbacks(false));
        assertThrows(IllegalStateException.class, learner::lrFind); // it has no recorder
        assertTrace("");
    }

    @Test
    void k11_trackersAreNotCalled_andSwitchesAreKept() {
        given(3);
        EarlyStopping stopping = new EarlyStopping();
        learner.add("off", Callbacks.on(BEFORE_BATCH, l -> {
                    throw new IllegalStateException("this is off");
                }))
                .run(false);
        learner.add(stopping);
        learner.lrFind(new LrRange().withBatches(10));
        assertTrue(learner.handle(stopping).run());
        assertEquals(
                List.of(false),
                learner.callbacks().stream()
                        .filter(h -> h.name().equals("off"))
                        .map(h -> h.run())
                        .toList());
    }

    /** A model with everything that a fit changes, data in a random order, and callbacks with state. */
    private static final class Trained implements AutoCloseable {
        final Layer model;
        final Learner learner;
        final Tensor x;
        final Tensor y;

        Trained() {
            Torch.seed(3);
            model = new Sequential(
                    new Conv2d(1, 2, 3, 1), new BatchNorm2d(2), new Flatten(), new Dropout(.5), new Linear(32, 3));
            x = torch.randn(30, 1, 4, 4);
            y = torch.randint(3, new long[] {30}, new TensorOptions(torch.ScalarType.Long));
            learner = Learner.builder(
                            new DataLoaders(
                                    TensorLoader.of(x, y)
                                            .batchSize(4)
                                            .shuffle(7)
                                            .build(),
                                    TensorLoader.of(x, y).batchSize(10).build()),
                            model,
                            Losses.crossEntropy())
                    .optimizer(Optimizers.adam())
                    .callbacks(new GradientAccumulation(9))
                    .progress(false)
                    .build();
        }

        List<double[]> weights() {
            return model.parameters().stream().map(p -> values(p.tensor())).toList();
        }

        @Override
        public void close() {
            learner.close();
            model.close();
        }
    }

    private static void assertSame(List<double[]> expected, List<double[]> actual) {
        for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), actual.get(i), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void afterASearchAFitIsBitForBitTheSame(int fitsBefore) {
        Consumer<Learner> search = l -> l.lrFind(new LrRange(1e-4, 1).withBatches(25));
        assertSame(weights(fitsBefore, l -> {}), weights(fitsBefore, search));
    }

    @Test
    void alsoAfterASearchThatFailsOrIsCancelled() {
        Consumer<Learner> failing = l -> {
            var boom = l.add(Throw.failure(AFTER_STEP, new IllegalStateException("boom")));
            assertThrows(CallbackException.class, l::lrFind);
            l.remove(boom);
            var cancel = l.add(Throw.once(AFTER_BACKWARD, CancelFitException.INSTANCE));
            l.lrFind();
            l.remove(cancel);
        };
        assertSame(weights(1, l -> {}), weights(1, failing));
    }

    private static List<double[]> weights(int fitsBefore, Consumer<Learner> search) {
        try (Trained trained = new Trained()) {
            for (int i = 0; i < fitsBefore; i++) trained.learner.fit(1, 1e-2); // leaves gradients, which accumulate
            List<EpochRow> rows = trained.learner.recorder().rows();
            search.accept(trained.learner);
            assertEquals(rows, trained.learner.recorder().rows());
            assertEquals(fitsBefore, trained.learner.epochsBegun());
            trained.learner.fit(2, 1e-2);
            return trained.weights();
        }
    }

    @Test
    void searchesLeaveNoNativeMemory() throws InterruptedException {
        given(5);
        learner.fit(1, 1e-3);
        learner.lrFind();
        long before = Tensors.handles();
        for (int i = 0; i < 5; i++) {
            try (PointerScope memory = new PointerScope()) {
                learner.lrFind();
            }
        }
        assertEquals(before, Tensors.handles());
    }
}
