package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.PredictOptions;
import dev.rondo.Predictions;
import dev.rondo.callback.CollectData;
import dev.rondo.callback.FetchPreds;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.RunKind;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups M and N: FetchPreds and CollectData. */
class FetchedTest extends Fixture {
    private final FetchPreds fetch = new FetchPreds();
    private final CollectData collect = new CollectData();

    @AfterEach
    void free() {
        fetch.close();
        collect.close();
    }

    private List<String> names() {
        return learner.callbacks().stream().map(CallbackHandle::name).toList();
    }

    @Test
    void m9_predictionsAreFetchedAfterTheValidation() {
        build(given(Numbers.batches(2), Numbers.batches(2)));
        CallbackHandle recorder = learner.handle(learner.recorder());
        learner.add(fetch);
        learner.fit(1, .01);
        assertTrace("BF BE BT t t AT BV v v AV BV v v AV AE AF");
        assertEquals(List.of("train_eval", "T", "recorder", "fetch_preds"), names());
        assertTrue(recorder.registered());
        Predictions preds = fetch.preds().orElseThrow();
        assertArrayEquals(new long[] {4, 1}, preds.preds().orElseThrow().shape());
        assertClose(values(preds.targets().orElseThrow()), 3, 5, 7, 9);
        double a = line.values()[0], b = line.values()[1];
        assertClose(values(preds.preds().orElseThrow()), a + b, 2 * a + b, 3 * a + b, 4 * a + b);
        assertEquals(
                List.of("train_loss", "valid_loss"),
                List.copyOf(learner.recorder().rows().get(0).cells().keySet()));
    }

    /** In fastai this never returns. */
    @Test
    void m6_predictionsAreFetchedAfterValidate() {
        learner(fetch);
        learner.validate();
        assertTrace("BF BE BV v AV BV v AV AE AF");
        assertTrue(fetch.preds().isPresent());
    }

    @Test
    void predictionsAreNotFetchedForPredictions() {
        learner(fetch);
        learner.getPreds(Numbers.batches(1)).close();
        assertTrace("BF BE BV v AV AE AF");
        assertFalse(fetch.preds().isPresent());
    }

    @Test
    void anotherLoaderAndMore() {
        try (FetchPreds other =
                new FetchPreds(Numbers.batches(3), o -> o.withInputs().withLosses())) {
            learner(other);
            learner.fit(1, 0);
            Predictions preds = other.preds().orElseThrow();
            assertClose(values(preds.inputs().orElseThrow()), 1, 2, 3, 4, 5, 6);
            assertClose(values(preds.losses().orElseThrow()), 9, 25, 49, 81, 121, 169);
        }
    }

    /** Neither their losses nor their cancels are recorded. */
    @Test
    void fetchedPredictionsDoNotChangeTheRow() {
        List<EpochRow> rows = new ArrayList<>();
        for (boolean fetches : new boolean[] {false, true}) {
            line.close();
            line = new LinearModel();
            FetchPreds other = new FetchPreds(Numbers.of(3, 3), o -> {});
            build(given().metrics(mae()));
            if (fetches) learner.add(other);
            learner.add(Throw.once(
                    AFTER_PRED, l -> l.runKind() == RunKind.PREDICT && l.iter() == 1, CancelValidException.INSTANCE));
            learner.fit(1, .01);
            rows.add(learner.recorder().rows().get(0));
            other.close();
            learner.close();
        }
        assertEquals(rows.get(0).cells(), rows.get(1).cells());
        assertEquals(3, rows.get(1).cells().size());
    }

    /** The batch and the loader of the outer run do not change. */
    @Test
    void aNestedRunDoesNotChangeTheOuterRun() {
        learner(Callbacks.on(AFTER_PRED, l -> {
            if (!l.training()) return;
            double before = l.pred().sum().item_double();
            l.getPreds(Numbers.batches(2), o -> o.inner(true)).close();
            assertClose(l.pred().sum().item_double(), before);
            assertTrue(l.training() && line.training());
        }));
        learner.fit(1, .01);
        assertLine(.6619, .2293);
        assertTrace("BF BE BT [BB AP BV v v AV AL BW AW BS AS AB]x2 AT BV v AV AE AF");
    }

    @Test
    void nestedInnerPredictionsHaveTheirOwnResults() {
        List<Long> rows = new ArrayList<>();
        learner(Callbacks.on(AFTER_LOSS, l -> {
            if (rows.isEmpty()) {
                rows.add(0L);
                for (boolean inner : new boolean[] {true, false}) rows.add(predict(1, inner));
            }
        }));
        rows.add(predict(3, true));
        assertEquals(List.of(0L, 2L, 2L, 6L), rows);
    }

    private long predict(int batches, boolean inner) {
        try (Predictions p = learner.getPreds(Numbers.batches(batches), o -> o.inner(inner))) {
            return p.preds().orElseThrow().size(0);
        }
    }

    @Test
    void callbacksOfAPredictionAreRemoved() {
        Tracer own = new Tracer();
        learner();
        learner.getPreds(Numbers.batches(1), (PredictOptions o) -> o.callbacks(own))
                .close();
        assertEquals(Tracer.expand("BF BE BV v AV AE AF"), own.take());
        assertEquals(List.of("train_eval", "recorder", "T"), names());
    }

    @Test
    void theLastPredictionsAreKeptWhenARunFails() {
        learner(fetch);
        learner.fit(1, .01);
        Predictions before = fetch.preds().orElseThrow();
        learner.add("fail", Throw.failure(BEFORE_VALIDATE, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertTrue(before == fetch.preds().orElseThrow());
        assertClose(values(before.targets().orElseThrow()), 3, 5);
    }

    // ---- collected batches

    @Test
    void n11_everyBatchOfAFitIsCollected() {
        learner(collect);
        learner.fit(1, .01);
        assertClose(
                collect.data().stream()
                        .mapToDouble(d -> d.loss().orElseThrow().item_double())
                        .toArray(),
                17,
                56.6004,
                8.16408);
        CollectData.Collected second = collect.data().get(1);
        assertClose(values(second.batch().xb().get(0)), 3, 4);
        assertClose(values(second.batch().yb().get(0)), 7, 9);
        assertClose(values(second.pred()), .47, .60);
        assertFalse(second.pred().requires_grad());
    }

    @Test
    void eachRunStartsFresh_nestedRunsAreCollectedWithIt() {
        learner(collect);
        learner.fit(1, .01);
        learner.validate();
        assertEquals(1, collect.data().size());
        learner.add("inside", Callbacks.on(AFTER_EPOCH, l -> {
            if (l.runKind() == RunKind.FIT && l.epoch() == 0)
                l.getPreds(Numbers.batches(1)).close();
        }));
        learner.fit(2, .01);
        assertEquals(7, collect.data().size());
    }

    @Test
    void batchesWithoutAPredictionAreLeftOut_batchesWithoutTargetsHaveNoLoss() {
        learner(collect, Throw.once(BEFORE_BATCH, CancelBatchException.INSTANCE));
        learner.fit(1, .01);
        assertEquals(2, collect.data().size());
        learner.validate(Numbers.batches(1).withoutTargets());
        assertFalse(collect.data().get(0).loss().isPresent());
    }

    @Test
    void manyRunsLeaveNoHandle() throws InterruptedException {
        learner(collect, fetch);
        fitInScope();
        long before = Tensors.handles();
        for (int i = 0; i < 5; i++) fitInScope();
        assertTrue(Tensors.handles() <= before);
    }

    private void fitInScope() {
        try (PointerScope memory = new PointerScope()) {
            learner.fit(1, .01);
        }
    }
}
