package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.GatherPreds;
import dev.rondo.Learner;
import dev.rondo.PredictOptions;
import dev.rondo.Predictions;
import dev.rondo.Predictions.SampleLoss;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.RunKind;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Group M: predictions. */
class PredictionsTest extends Fixture {
    /** Returns the inputs. */
    static final class Identity extends LinearModel {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].mul(new Scalar(1.0));
        }
    }

    private static double[] values(Optional<Tensor> tensor) {
        return values(tensor.orElseThrow());
    }

    /** Gathering training batches would fill the memory of the host. */
    @Test
    void inAFitOnlyValidationsAreGathered() {
        try (GatherPreds gather = new GatherPreds()) {
            learner(gather);
            learner.add("look", Callbacks.on(AFTER_TRAIN, l -> assertEquals(0, gathered(gather))));
            learner.fit(1, .01);
            assertEquals(2, gathered(gather));
        }
    }

    private static long gathered(GatherPreds gather) {
        try (Predictions all = gather.result(preds -> preds, null)) {
            return all.preds().map(preds -> preds.size(0)).orElse(0L);
        }
    }

    @Test
    void m7_aBatchWithoutAPredictionIsLeftOut() {
        line = new Identity();
        learner(Throw.once(BEFORE_BATCH, l -> l.iter() == 1, CancelBatchException.INSTANCE));
        try (Predictions p = learner.getPreds(Numbers.batches(3))) { // fastai: batch 0 once more
            assertClose(values(p.preds()), 1, 2, 5, 6);
            assertClose(values(p.targets()), 3, 5, 11, 13);
        }
    }

    @Test
    void m7_withoutABatchThereAreNoPredictions() {
        learner(Throw.always(BEFORE_BATCH, 1, l -> true, CancelBatchException.INSTANCE));
        try (Predictions p = learner.getPreds(
                Numbers.batches(1), options -> options.withInputs().withDecoded())) {
            for (Optional<Tensor> part : List.of(p.inputs(), p.preds(), p.targets(), p.decoded(), p.losses())) {
                assertTrue(part.isEmpty());
            }
        }
    }

    @Test
    void m12_predictionsWithInputsAndLosses() {
        learner();
        try (Predictions p =
                learner.getPreds(Numbers.batches(2), o -> o.withInputs().withLosses())) {
            assertClose(values(p.inputs()), 1, 2, 3, 4);
            assertClose(values(p.preds()), 0, 0, 0, 0);
            assertClose(values(p.targets()), 3, 5, 7, 9);
            assertClose(values(p.losses()), 9, 25, 49, 81);
            assertTrue(p.decoded().isEmpty());
        }
        assertClose(
                learner.loss().mean().item_float(), (49 + 81) / 2.0); // that of the last batch: only a fit removes it
    }

    @Test
    void samplesOfAShuffledLoaderAreInTheOrderOfTheDataSet() {
        line = new Identity();
        Tensor x = Numbers.column(0, 1, 2, 3, 4, 5, 6, 7, 8);
        DataLoader shuffled =
                TensorLoader.of(x, x).batchSize(2).shuffle(1).dropLast(true).build();
        learner();
        try (Predictions ordered = learner.getPreds(shuffled);
                Predictions drawn = learner.getPreds(shuffled, o -> o.reordered(false))) {
            assertClose(values(ordered.preds()), 0, 1, 2, 3, 4, 5, 6, 7, 8);
            double[] sequence = values(drawn.preds());
            assertClose(values(drawn.targets()), sequence);
            assertEquals(8, sequence.length, "the last, smaller batch is dropped");
            double[] sorted = sequence.clone();
            Arrays.sort(sorted);
            assertTrue(!Arrays.equals(sorted, sequence));
        }
    }

    private Learner classifier() {
        line = new Identity();
        Tensor x = torch.tensor(1f, 3f, 2f, 2f, 0f, 1f).view(2, 3);
        DataLoader loader =
                TensorLoader.of(x, torch.tensor(0L, 2L)).batchSize(2).build();
        learner = Learner.builder(new DataLoaders(loader, loader), line, Losses.crossEntropy())
                .progress(false)
                .build();
        return learner;
    }

    @Test
    void theLossDefinesActivationAndDecoding() {
        classifier();
        try (Predictions p = learner.getPreds(
                learner.dataLoaders().valid(), o -> o.withDecoded().withLosses())) {
            assertClose(values(p.preds()), .0900306, .665241, .244728, .665241, .0900306, .244728);
            assertEquals(1, p.decoded().orElseThrow().select(0, 0).item_long());
            assertEquals(0, p.decoded().orElseThrow().select(0, 1).item_long());
            assertClose(values(p.losses()), 2.407606, 1.407606);
        }
        try (Predictions p = learner.getPreds(learner.dataLoaders().valid(), o -> o.activation(t -> t))) {
            assertClose(values(p.preds()), 1, 3, 2, 2, 0, 1);
        }
    }

    @Test
    void predictsOneItem() {
        classifier();
        try (Predictions p = learner.predict(torch.tensor(1f, 3f, 2f))) {
            assertClose(values(p.preds()), .0900306, .665241, .244728);
            assertEquals(1, p.decoded().orElseThrow().item_long());
            assertTrue(p.targets().isEmpty());
        }
    }

    @Test
    void aLossWithoutAnUnreducedFormHasNoLossesOfSamples() {
        Loss reducing = (pred, yb) -> torch.mse_loss(pred, yb.get(0));
        learner = Learner.builder(new DataLoaders(Numbers.batches(1), Numbers.batches(1)), line, reducing)
                .progress(false)
                .build();
        Exception e = assertThrows(
                IllegalStateException.class, () -> learner.getPreds(Numbers.batches(1), PredictOptions::withLosses));
        assertEquals(
                "This loss has no unreduced form: implement unreduced() to get the losses of single items.",
                e.getMessage());
        assertSame(reducing, learner.lossFunction());
        learner.validate();
    }

    @Test
    void m11_afterAFailureTheLossReducesAgain() {
        learner(Throw.failure(BEFORE_BATCH, new ArithmeticException()));
        Loss before = learner.lossFunction();
        assertThrows(CallbackException.class, () -> learner.getPreds(Numbers.batches(1), PredictOptions::withLosses));
        assertSame(before, learner.lossFunction());
        assertTrue(learner.callback(GatherPreds.class).isEmpty());
    }

    @Test
    void predictionsNestedInPredictions() {
        line = new Identity();
        learner(Callbacks.on(AFTER_BATCH, -1, l -> {
            if (l.runKind() != RunKind.PREDICT || l.dataLoaders().valid().size() == l.nIter()) return;
            try (Predictions inner = l.getPreds(l.dataLoaders().valid())) {
                assertClose(values(inner.preds()), 1, 2);
            }
            l.validate();
        }));
        try (Predictions outer = learner.getPreds(Numbers.batches(3))) {
            assertClose(values(outer.preds()), 1, 2, 3, 4, 5, 6);
            assertClose(values(outer.targets()), 3, 5, 7, 9, 11, 13);
        }
    }

    @Test
    void innerPredictionsInAFit() {
        learner();
        learner.add("fetch", Callbacks.on(AFTER_VALIDATE, 1, l -> {
            if (l.runKind() != RunKind.FIT) return;
            try (Predictions p = l.getPreds(l.dataLoaders().valid())) {
                assertEquals(2, p.preds().orElseThrow().size(0));
            }
        }));
        learner.fit(1);
        assertTrace("BF BE BT t t AT BV v AV BF BE BV v AV AE AF AE AF");
        assertCells(learner.recorder().rows().get(0), "train_loss", 12.0227, "valid_loss", 4.82725);
    }

    @Test
    void theLossesOfABatchCancelledBeforeItsLossAreNaN() {
        learner();
        int[] calls = new int[1];
        learner.add(Callbacks.on(AFTER_PRED, l -> {
            if (calls[0]++ == 1) throw CancelBatchException.INSTANCE;
        }));
        try (Predictions p = learner.getPreds(Numbers.batches(3), PredictOptions::withLosses)) {
            float[] losses = Tensors.values(p.losses().orElseThrow());
            assertEquals(p.preds().orElseThrow().size(0), losses.length);
            for (int i = 0; i < losses.length; i++) assertEquals(i == 2 || i == 3, Float.isNaN(losses[i]));
        }
    }

    @Test
    void theWorstSamplesFirst() {
        try (Predictions p = new Predictions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Tensors.floats(.5, 2, .25, 1)))) {
            assertEquals(List.of(new SampleLoss(1, 2), new SampleLoss(3, 1)), p.worst(2));
            assertEquals(2, p.worst(9).get(3).index());
        }
        learner();
        try (Predictions p = learner.getPreds(Numbers.batches(1))) {
            assertEquals(
                    "These predictions have no losses. Ask for them: getPreds(loader, PredictOptions::withLosses).",
                    assertThrows(IllegalStateException.class, () -> p.worst(1)).getMessage());
        }
    }
}
