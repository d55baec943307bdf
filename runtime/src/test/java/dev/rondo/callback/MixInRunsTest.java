package dev.rondo.callback;

import static dev.rondo.event.Event.*;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Owner;
import dev.rondo.UncaughtCancelException;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** MixUp and CutMix with nested runs, other callbacks, and all ways in which a fit ends. */
class MixInRunsTest extends MixFixture {
    @Test
    void aValidationNestedInAMixedBatchIsNotMixed() {
        double[] outside = new double[1], inside = new double[1];
        learner(Losses.crossEntropy(), y, new MixUp());
        outside[0] = learner.validate().cells().get("valid_loss");
        learner.add(Callbacks.on(AFTER_PRED, 1, l -> {
            if (l.training()) inside[0] = l.validate().cells().get("valid_loss");
        }));
        Seen seen = new Seen().of(learner);
        assertEquals(outside[0], inside[0], 1e-6);
        assertEquals(mixedLoss(1), seen.loss, 1e-5);
    }

    @Test
    void aFitNestedInAMixedBatchMixesItsOwnBatches() {
        MixUp mix = new MixUp();
        boolean[] inside = new boolean[1];
        List<Double> losses = new ArrayList<>();
        learner(Losses.crossEntropy(), y, mix);
        learner.add(Callbacks.on(AFTER_PRED, 1, l -> {
            if (inside[0] || !l.training()) return;
            inside[0] = true;
            l.fit(1); // mixed
            try (var without = l.removedCallbacks(l.handle(mix))) {
                l.fit(1); // not mixed
            }
            l.model().train(true);
            Owner.setTraining(l, true);
        }));
        learner.add(Callbacks.on(AFTER_LOSS, l -> {
            if (l.training()) losses.add(l.loss().item_double());
        }));
        learner.fit(1);
        assertEquals(mixedLoss(2), losses.get(0), 1e-5);
        assertEquals(learner.validate().cells().get("valid_loss"), losses.get(1), 1e-5);
        assertEquals(mixedLoss(1), losses.get(2), 1e-5);
    }

    /** The loss of the first batch of this epoch, counted over all fits of the learner, mixed by {@code new MixUp()}. */
    private double mixedLoss(long epoch) {
        Draws draws = Draws.at(0, epoch, 0);
        int[] others = ints(draws.permutation(N));
        double[] lam = mixUpLam(draws, .4);
        Tensor images = torch.tensor(mixed(Tensors.values(x), others, lam)).view(N, C, H, W);
        return mixedLosses(Tensors.values(model.forward(images)), ints(y), others, lam) / N;
    }

    @Test
    void onlyOneOfTwoHandlersMayMixABatch() {
        MixUp mixUp = new MixUp();
        CutMix cutMix = new CutMix();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batchSize(3).build(), mixUp, cutMix);
        Exception e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "CutMix cannot mix a batch that MixUp has mixed: use one of them, or switch one off for each batch.",
                e.getCause().getMessage());
        Loss loss = learner.lossFunction();
        learner.add(Callbacks.on(BEFORE_BATCH, -1, l -> {
            for (CallbackHandle h : List.of(l.handle(mixUp), l.handle(cutMix))) {
                h.run(h.callback() == mixUp == (l.iter() % 2 == 0));
            }
        }));
        learner.fit(2);
        assertTrue(loss == learner.lossFunction());
    }

    @Test
    void theLossIsRestoredHoweverAFitEnds_andTheNextFitMixes() {
        for (Event at : Event.values()) {
            List<Exception> ends = new ArrayList<>(List.of(new ArithmeticException()));
            for (Scope scope : at.cancels()) ends.add(CancelException.of(scope));
            for (Exception end : ends) {
                for (Object mix : List.of(new MixUp(), new CutMix())) {
                    learner(Losses.crossEntropy(), y, mix);
                    Loss loss = learner.lossFunction();
                    CallbackHandle ending = learner.add(Callbacks.on(at, 1, l -> {
                        if (end instanceof CancelException cancel) throw cancel;
                        throw (RuntimeException) end;
                    }));
                    try {
                        learner.fit(1);
                    } catch (CallbackException | UncaughtCancelException expected) {
                        // what remains after the failure is checked below
                    }
                    learner.remove(ending);
                    assertSame(loss, learner.lossFunction());
                    Seen seen = new Seen().of(learner);
                    assertFalse(Arrays.equals(Tensors.values(x), seen.x), at::toString);
                }
            }
        }
    }

    @Test
    void aHandlerAddedDuringAnEpochMixesTheRemainingBatches() {
        List<Boolean> mixed = new ArrayList<>();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batchSize(2).build());
        Loss loss = learner.lossFunction();
        learner.add(Callbacks.on(AFTER_BATCH, l -> {
            if (l.training()) mixed.add(l.lossFunction() != loss);
            if (l.training() && l.iter() == 1) l.add(new MixUp());
        }));
        learner.fit(1);
        assertEquals(List.of(false, false, true, true), mixed);
        assertTrue(loss == learner.lossFunction());
    }

    @Test
    void batchesLeaveNoHandle() {
        for (Object mix : List.of(new MixUp(), new CutMix())) {
            List<Long> handles = new ArrayList<>();
            learner(
                    Losses.crossEntropy(),
                    TensorLoader.of(x, y).batchSize(1).prefetch(0).build(),
                    mix);
            learner.add(Callbacks.on(BEFORE_BATCH, -1e9, l -> handles.add(Pointer.totalCount())));
            learner.fit(3);
            assertNoMoreHandles(handles.subList(33, 40));
        }
    }
}
