package dev.rondo.callback;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.loss.Reduction;
import dev.rondo.nn.Layer;
import dev.rondo.torch.Draws;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** MixUp and CutMix against loops over arrays. */
class MixTest extends MixFixture {
    // ---- against the references

    @Test
    void mixUpMixesImagesAndTheLossesOfBothClasses() {
        for (long seed = 0; seed < 10; seed++) {
            Seen seen = new Seen().of(learner(Losses.crossEntropy(), y, new MixUp(.7, seed)));
            Draws draws = Draws.at(seed, 1, 0);
            int[] others = ints(draws.permutation(N));
            double[] lam = mixUpLam(draws, .7);
            assertArrayEquals(mixed(Tensors.values(x), others, lam), seen.x, 1e-5f);
            assertArrayEquals(Tensors.values(y), seen.y);
            assertEquals(mixedLosses(seen.pred, ints(y), others, lam) / N, seen.loss, 1e-5);
        }
    }

    @Test
    void mixUpMixesFloatTargets() {
        Tensor answers = answers();
        Seen seen = new Seen().of(learner(Losses.bceWithLogits(), answers, new MixUp(.7, 3)));
        Draws draws = Draws.at(3, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertArrayEquals(mixed(Tensors.values(answers), others, mixUpLam(draws, .7)), seen.y, 1e-6f);
    }

    @Test
    void cutMixCutsABoxAndMixesTheLossesOfBothClasses() {
        for (long seed = 0; seed < 30; seed++) {
            Seen seen = new Seen().of(learner(Losses.crossEntropy(), y, new CutMix(1, seed)));
            Draws draws = Draws.at(seed, 1, 0);
            int[] others = ints(draws.permutation(N)), box = box(draws, 1);
            assertArrayEquals(cut(Tensors.values(x), others, box), seen.x);
            assertArrayEquals(Tensors.values(y), seen.y);
            assertEquals(mixedLosses(seen.pred, ints(y), others, kept(box)) / N, seen.loss, 1e-5);
        }
    }

    @Test
    void cutMixMixesFloatTargets() {
        Tensor answers = answers();
        Seen seen = new Seen().of(learner(Losses.bceWithLogits(), answers, new CutMix(1, 5)));
        Draws draws = Draws.at(5, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertArrayEquals(mixed(Tensors.values(answers), others, kept(box(draws, 1))), seen.y, 1e-6f);
    }

    @Test
    void aMixedSumLossIsASum() {
        Seen seen = new Seen().of(learner(Losses.crossEntropy().withReduction(Reduction.SUM), y, new MixUp(.7, 3)));
        Draws draws = Draws.at(3, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertEquals(mixedLosses(seen.pred, ints(y), others, mixUpLam(draws, .7)), seen.loss, 1e-4);
    }

    // ---- random numbers

    @Test
    void theSameSeedGivesTheSameMixes_alsoAfterAResume() {
        List<float[]> whole = inputs(new MixUp(.4, 9), 0), resumed = inputs(new MixUp(.4, 9), 2);
        assertEquals(4 * 3, whole.size());
        for (int i = 0; i < 6; i++) assertArrayEquals(whole.get(6 + i), resumed.get(i));
        assertFalse(Arrays.equals(whole.get(0), whole.get(3)), "another epoch");
        assertFalse(Arrays.equals(whole.get(0), inputs(new MixUp(.4, 10), 0).get(0)), "another seed");
    }

    /** The first pixels of the training batches of a fit of four epochs, from one of them on. */
    private List<float[]> inputs(Object mix, int startEpoch) {
        List<float[]> inputs = new ArrayList<>();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batchSize(3).build(), mix);
        learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> {
            if (l.training()) inputs.add(Tensors.values(l.x()));
        }));
        learner.fit(4, fit -> fit.startEpoch(startEpoch));
        return inputs;
    }

    // ---- inputs and targets

    /** A loader that returns the same tensors in each epoch: they would keep what CutMix writes into them. */
    private record Lent(List<Tensor> xb, List<Tensor> yb) implements DataLoader {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public Pass open(long epoch) {
            return new Pass() {
                private boolean drawn;

                @Override
                public Batch next() {
                    return drawn || !(drawn = true) ? null : new Batch(xb, yb);
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void theDataIsNotChanged() {
        float[] images = Tensors.values(x), classes = Tensors.values(y), before = Tensors.values(x);
        for (Object mix : List.of(new CutMix(1, 1), new MixUp(.4, 1))) {
            learner(Losses.crossEntropy(), new Lent(List.of(x), List.of(y)), mix)
                    .fit(3);
            assertArrayEquals(images, Tensors.values(x));
            assertArrayEquals(classes, Tensors.values(y));
        }
        assertArrayEquals(before, images);
    }

    /** Two inputs, two targets: MixUp mixes all of them, CutMix all but the second input. */
    @Test
    void batchesOfSeveralTensors() {
        Tensor more = torch.randn(N, 4), answers = answers();
        Loss loss = new Loss() {
            @Override
            public Tensor of(Tensor pred, List<Tensor> yb) {
                return Losses.mse().of(pred, yb.subList(0, 1)).add(Losses.mse().of(pred, yb.subList(1, 2)));
            }
        };
        for (Object mix : List.of(new MixUp(.7, 3), new CutMix(1, 3))) {
            List<float[]> seen = new ArrayList<>();
            learner(loss, new Lent(List.of(x, more), List.of(answers, answers.neg())), mix);
            learner.add(Callbacks.on(AFTER_LOSS, l -> {
                for (List<Tensor> tensors : List.of(l.xb(), l.yb())) {
                    tensors.forEach(t -> seen.add(Tensors.values(t)));
                }
            }));
            learner.fit(1);
            assertEquals(mix instanceof CutMix, Arrays.equals(Tensors.values(more), seen.get(1)));
            assertFalse(Arrays.equals(Tensors.values(answers), seen.get(2)));
            for (int i = 0; i < seen.get(2).length; i++) assertEquals(seen.get(2)[i], -seen.get(3)[i], 1e-6);
        }
    }

    @Test
    void segmentationTargetsAreMixedImageByImage() {
        try (Layer convolution = new dev.rondo.nn.Conv2d(C, CLASSES, 1, 0)) {
            Tensor pixels = torch.randint(CLASSES, new long[] {N, H, W}, new TensorOptions(ScalarType.Long));
            for (Loss loss : List.of(Losses.crossEntropy(), Losses.dice(), Losses.focal(), Losses.labelSmoothing())) {
                DataLoader loader = TensorLoader.of(x, pixels).batchSize(N).build();
                try (Learner segmenter = Learner.builder(new DataLoaders(loader, loader), convolution, loss)
                        .progress(false)
                        .callbacks(new MixUp())
                        .build()) {
                    double[] got = new double[1];
                    segmenter.add(Callbacks.on(AFTER_LOSS, l -> {
                        if (!l.training()) return;
                        Draws draws = Draws.at(0, 1, 0);
                        Tensor others = draws.permutation(N);
                        double[] lam = mixUpLam(draws, .4);
                        Tensor own = loss.unreduced().of(l.pred(), l.yb());
                        Tensor other = loss.unreduced().of(l.pred(), List.of(l.y().index_select(0, others)));
                        float[] a = Tensors.values(own.reshape(N, -1)), b = Tensors.values(other.reshape(N, -1));
                        double sum = 0;
                        for (int i = 0; i < a.length; i++) {
                            double weight = lam[i / (a.length / N)];
                            sum += weight * a[i] + (1 - weight) * b[i];
                        }
                        got[0] = l.loss().item_double() / (loss.reduction() == Reduction.SUM ? sum : sum / a.length);
                    }));
                    segmenter.fit(1);
                    assertEquals(1, got[0], 1e-5);
                }
            }
        }
    }

    @Test
    void halfPrecisionInputsKeepTheirType() {
        learner(
                Losses.crossEntropy(),
                TensorLoader.of(x.to(ScalarType.Double), y).batchSize(N).build(),
                new MixUp());
        learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> {
            assertEquals(ScalarType.Double, l.x().scalar_type().intern());
            l.setBatch(Batch.of(l.x().to(ScalarType.Float), l.y()));
        }));
        learner.fit(1);
    }

    // ---- invalid inputs

    private static void rejects(String message, Runnable call) {
        Exception e = assertThrows(RuntimeException.class, call::run);
        assertEquals(message, (e instanceof CallbackException ? e.getCause() : e).getMessage());
    }

    @Test
    void inputsThatCannotBeMixedAreRejected() {
        rejects("MixUp mixes floats, and input 0 is of type Long: make it float.", () -> learner(
                        Losses.crossEntropy(),
                        TensorLoader.of(x.to(ScalarType.Long), y).build(),
                        new MixUp())
                .fit(1));
        Loss own = (pred, yb) -> torch.cross_entropy_loss(pred, yb.get(0));
        rejects(
                "MixUp mixes floats, and target 0 is of type Long: make it float, or have the loss function's classNumbers()"
                        + " say that it is a class number.",
                () -> learner(own, y, new MixUp()).fit(1));
        Loss reducing = new Loss() {
            @Override
            public Tensor of(Tensor pred, List<Tensor> yb) {
                return own.of(pred, yb);
            }

            @Override
            public boolean classNumbers() {
                return true;
            }
        };
        rejects(
                "This loss has no unreduced form: implement unreduced() to get the losses of single items.",
                () -> learner(reducing, y, new MixUp()).fit(1));
        rejects("CutMix cuts images (N, …, H, W), and input 0 is [8, 60].", () -> learner(
                        Losses.crossEntropy(),
                        TensorLoader.of(x.reshape(N, PIXELS), y).build(),
                        new CutMix())
                .fit(1));
    }
}
