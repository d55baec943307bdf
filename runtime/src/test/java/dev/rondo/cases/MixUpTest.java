package dev.rondo.cases;

import static dev.rondo.cases.Throw.TRAINING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.callback.MixUp;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * MixUp with given random numbers: lam is .2, .9, .5 and .4, and each sample is mixed with its neighbour. The data is one batch of four, x
 * = [i, 2i] and y = i mod 2, for training and for validation.
 */
class MixUpTest extends Fixture {
    static final class Given implements Draws {
        @Override
        public Tensor beta(double alpha, long n) {
            return Tensors.floats(.2, .9, .5, .4).narrow(0, 0, n);
        }

        @Override
        public Tensor permutation(long n) {
            return n == 1 ? Tensors.longs(0) : Tensors.longs(1, 0, 3, 2).narrow(0, 0, n);
        }

        @Override
        public Tensor uniform(long n) {
            return torch.zeros(n);
        }

        @Override
        public long below(long n) {
            return 0;
        }
    }

    static final class GivenMixUp extends MixUp {
        @Override
        protected Draws draws(Learner learner) {
            return new Given();
        }
    }

    /** Logits without a bias: x·Wᵀ. */
    private static final class Weights extends Layer {
        private final Tensor weight;

        Weights(Tensor weight) {
            this.weight = parameter("weight", weight, Role.WEIGHT);
        }

        @Override
        public Tensor forward(Tensor... inputs) {
            return torch.linear(inputs[0], weight);
        }
    }

    private final Tensor x = torch.tensor(1f, 2f, 2f, 4f, 3f, 6f, 4f, 8f).view(4, 2);
    private Layer model;
    private Loss loss;

    @AfterEach
    void closeModel() {
        model.close();
    }

    private void learner(Layer model, Loss loss, Tensor y, Object... callbacks) {
        this.model = model;
        this.loss = loss;
        DataLoader batches = TensorLoader.of(x, y).batchSize(4).build();
        learner = Learner.builder(new DataLoaders(batches, batches), model, loss)
                .lr(0)
                .optimizer(Optimizers.sgd())
                .progress(false)
                .callbacks(new GivenMixUp())
                .build();
        traced = learner.add("T", tracer);
        for (int i = 0; i < callbacks.length; i++) learner.add("R" + i, callbacks[i]);
    }

    private void classifier(Object... callbacks) {
        learner(
                new Weights(torch.tensor(.3f, .1f, .1f, .1f).view(2, 2)),
                Losses.crossEntropy(),
                Tensors.longs(1, 0, 1, 0),
                callbacks);
    }

    private void assertRestored() {
        assertSame(loss, learner.lossFunction());
    }

    private void assertLosses(double train, double valid) {
        assertClose(learner.recorder().last().orElseThrow().cells().get("train_loss"), train);
        assertClose(learner.recorder().last().orElseThrow().cells().get("valid_loss"), valid);
    }

    @Test
    void j1_inputsAreMixedAndTheLossesOfBothClassesAreWeighted() {
        List<float[]> batches = new ArrayList<>();
        classifier(Callbacks.on(BEFORE_BATCH, 1, l -> {
            batches.add(Tensors.values(l.x()));
            batches.add(Tensors.values(l.y()));
            if (l.training()) assertNotSame(loss, l.lossFunction());
            else assertSame(loss, l.lossFunction());
        }));
        learner.fit(1);
        assertArrayEquals(new float[] {1.2f, 2.4f, 1.9f, 3.8f, 3.5f, 7, 3.6f, 7.2f}, batches.get(0), 1e-6f);
        assertArrayEquals(new float[] {1, 0, 1, 0}, batches.get(1));
        assertArrayEquals(Tensors.values(x), batches.get(2));
        assertClose(learner.recorder().last().orElseThrow().cells().get("train_loss"), .6923);
        assertLosses(.6923, .679936);
        assertRestored();
    }

    @Test
    void j1b_floatTargetsAreMixedAndTheLossIsNotReplaced() {
        List<float[]> targets = new ArrayList<>();
        learner(new Weights(torch.tensor(.3f, .1f).view(1, 2)), Losses.mse(), Numbers.column(1, 0, 1, 0));
        learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> {
            targets.add(Tensors.values(l.y()));
            assertSame(loss, l.lossFunction());
        }));
        learner.fit(1);
        assertArrayEquals(new float[] {.8f, .1f, .5f, .4f}, targets.get(0), 1e-6f);
        assertLosses(1.07125, 1.375);
    }

    @Test
    void j2_aCancelBeforeTheFirstTrainingHasNothingToRestore() {
        for (Event at : List.of(BEFORE_FIT, BEFORE_EPOCH)) {
            classifier(Throw.once(at, CancelFitException.INSTANCE));
            learner.fit(1);
            assertRestored();
            learner.fit(1);
            assertLosses(.6923, .679936);
            closeModel();
        }
    }

    @Test
    void j3_aCancelledEpochRestoresTheLossAndTheNextEpochMixesAgain() {
        classifier(Throw.once(BEFORE_BACKWARD, CancelEpochException.INSTANCE));
        learner.fit(2);
        assertTrace("BF BE BT BB AP AL BW CE AE BE BT t AT BV v AV AE AF");
        assertLosses(.6923, .679936);
        assertRestored();
    }

    @Test
    void j4_anErrorRestoresTheLossAndTheNextFitMixesAgain() {
        boolean[] failed = new boolean[1];
        classifier(Callbacks.on(BEFORE_BACKWARD, l -> {
            if (!failed[0] && (failed[0] = true)) throw new ArithmeticException();
        }));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertRestored();
        learner.fit(1);
        assertLosses(.6923, .679936);
    }

    @Test
    void j5_aBatchOfOneIsMixedWithItself() {
        classifier();
        DataLoader ones =
                TensorLoader.of(x, Tensors.longs(1, 0, 1, 0)).batchSize(1).build();
        List<Float> losses = new ArrayList<>();
        closeModel();
        model = new Weights(torch.tensor(.3f, .1f, .1f, .1f).view(2, 2));
        learner = Learner.builder(new DataLoaders(ones, ones), model, loss)
                .lr(0)
                .optimizer(Optimizers.sgd())
                .progress(false)
                .callbacks(new GivenMixUp())
                .build();
        learner.add(Callbacks.on(AFTER_LOSS, l -> losses.add(l.loss().item_float())));
        learner.fit(1);
        assertEquals(losses.subList(4, 8), losses.subList(0, 4));
    }

    @Test
    void j6_cancelsOfTrainingAndFitRestoreTheLoss() {
        cancelled(BEFORE_BATCH, CancelTrainException.INSTANCE, "BF BE BT BB CT AT BV v AV AE AF");
        cancelled(BEFORE_BATCH, CancelFitException.INSTANCE, "BF BE BT BB CF AF");
        cancelled(AFTER_VALIDATE, CancelFitException.INSTANCE, "BF BE BT t AT BV v AV CF AF");
    }

    private void cancelled(Event at, CancelException cancel, String trace) {
        classifier(Throw.once(at, cancel));
        learner.fit(1);
        assertTrace(trace);
        assertRestored();
        learner.close();
        closeModel();
    }

    @Test
    void j7_aTrainingCancelledAtALowerOrderHasNothingToRestore() {
        classifier(Throw.once(BEFORE_TRAIN, -1, TRAINING.or(l -> true), CancelTrainException.INSTANCE));
        learner.fit(1);
        assertRestored();
    }

    @Test
    void a13_theOutlineListsMixUp() {
        classifier();
        String outline = learner.showTrainingLoop();
        assertEquals(
                1,
                outline.lines()
                        .filter(l -> l.contains("before_train") && l.contains("GivenMixUp"))
                        .count());
        assertEquals(
                1,
                outline.lines()
                        .filter(l -> l.contains("before_batch") && l.contains("GivenMixUp"))
                        .count());
    }
}
