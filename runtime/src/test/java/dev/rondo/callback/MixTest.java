package dev.rondo.callback;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.UncaughtCancelException;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.loss.Reduction;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Draws;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MixUp and CutMix against loops over arrays, on random images (8, 2, 6, 5) in three classes. */
@ExtendWith(InScope.class)
class MixTest {
    private static final int N = 8, C = 2, H = 6, W = 5, CLASSES = 3, PIXELS = C * H * W;

    private final Tensor x = torch.randn(N, C, H, W);
    private final Tensor y = torch.randint(CLASSES, new long[] {N}, new TensorOptions(ScalarType.Long));
    private final Layer model = new Sequential(new Flatten(), new Linear(PIXELS, CLASSES));
    private Learner learner;

    @AfterEach
    void close() {
        if (learner != null) learner.close();
        model.close();
    }

    private Learner learner(Loss loss, DataLoader loader, Object... callbacks) {
        if (learner != null) learner.close();
        learner = Learner.builder(new DataLoaders(loader, loader), model, loss)
                .lr(0)
                .optimizer(Optimizers.sgd())
                .progress(false)
                .callbacks(callbacks)
                .build();
        return learner;
    }

    private Learner learner(Loss loss, Tensor y, Object... callbacks) {
        return learner(loss, TensorLoader.of(x, y).batch(N).build(), callbacks);
    }

    private Tensor answers() {
        return torch.rand(N, CLASSES);
    }

    /** What reaches the model and the loss in the first training batch. */
    private final class Seen {
        float[] x;
        float[] y;
        float[] pred;
        double loss;

        Seen of(Learner learner) {
            learner.add("seen", Callbacks.on(AFTER_LOSS, l -> {
                if (x != null || !l.training()) return;
                x = Tensors.values(l.x());
                y = Tensors.values(l.y());
                pred = Tensors.values(l.pred());
                loss = l.loss().item_double();
            }));
            learner.fit(1);
            return this;
        }
    }

    // ---- the references

    private static float[] mixed(float[] own, int[] others, double[] shares) {
        int size = own.length / N;
        float[] mixed = new float[own.length];
        for (int i = 0; i < own.length; i++) {
            int n = i / size, other = others[n] * size + i % size;
            mixed[i] = (float) (shares[n] * own[i] + (1 - shares[n]) * own[other]);
        }
        return mixed;
    }

    private static double crossEntropy(float[] logits, int item, int target) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) sum += Math.exp(logits[item * CLASSES + c]);
        return Math.log(sum) - logits[item * CLASSES + target];
    }

    private static double mixedLosses(float[] logits, int[] y, int[] others, double[] shares) {
        double sum = 0;
        for (int n = 0; n < N; n++) {
            sum += shares[n] * crossEntropy(logits, n, y[n]);
            sum += (1 - shares[n]) * crossEntropy(logits, n, y[others[n]]);
        }
        return sum;
    }

    private static int[] ints(Tensor t) {
        float[] values = Tensors.values(t);
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) ints[i] = (int) values[i];
        return ints;
    }

    private static double[] mixUpShares(Draws draws, double alpha) {
        float[] drawn = Tensors.values(draws.beta(alpha, N));
        double[] shares = new double[N];
        for (int i = 0; i < N; i++) shares[i] = Math.max(drawn[i], 1 - drawn[i]);
        return shares;
    }

    /** Rows and columns of CutMix's box: first row, end, first column, end. */
    private static int[] box(Draws draws, double alpha) {
        double side = Math.sqrt(1 - draws.beta(alpha, 1).item_double());
        int wide = (int) Math.rint(W * side) / 2, column = (int) draws.below(W);
        int high = (int) Math.rint(H * side) / 2, row = (int) draws.below(H);
        return new int[] {
            Math.max(row - high, 0), Math.min(row + high, H), Math.max(column - wide, 0), Math.min(column + wide, W)
        };
    }

    private static float[] cut(float[] own, int[] others, int[] box) {
        float[] cut = own.clone();
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int r = box[0]; r < box[1]; r++) {
                    for (int col = box[2]; col < box[3]; col++) {
                        int at = (c * H + r) * W + col;
                        cut[n * PIXELS + at] = own[others[n] * PIXELS + at];
                    }
                }
            }
        }
        return cut;
    }

    private static double[] kept(int[] box) {
        double[] shares = new double[N];
        Arrays.fill(shares, 1 - (double) ((box[1] - box[0]) * (box[3] - box[2])) / (H * W));
        return shares;
    }

    // ---- against the references

    @Test
    void mixUpMixesImagesAndCountsBothClasses() {
        for (long seed = 0; seed < 10; seed++) {
            Seen seen = new Seen().of(learner(Losses.crossEntropy(), y, new MixUp(.7, seed)));
            Draws draws = Draws.at(seed, 1, 0);
            int[] others = ints(draws.permutation(N));
            double[] shares = mixUpShares(draws, .7);
            assertArrayEquals(mixed(Tensors.values(x), others, shares), seen.x, 1e-5f);
            assertArrayEquals(Tensors.values(y), seen.y);
            assertEquals(mixedLosses(seen.pred, ints(y), others, shares) / N, seen.loss, 1e-5);
        }
    }

    @Test
    void mixUpMixesAmounts() {
        Tensor answers = answers();
        Seen seen = new Seen().of(learner(Losses.bceWithLogits(), answers, new MixUp(.7, 3)));
        Draws draws = Draws.at(3, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertArrayEquals(mixed(Tensors.values(answers), others, mixUpShares(draws, .7)), seen.y, 1e-6f);
    }

    @Test
    void cutMixCutsABoxAndCountsBothClasses() {
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
    void cutMixMixesAmounts() {
        Tensor answers = answers();
        Seen seen = new Seen().of(learner(Losses.bceWithLogits(), answers, new CutMix(1, 5)));
        Draws draws = Draws.at(5, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertArrayEquals(mixed(Tensors.values(answers), others, kept(box(draws, 1))), seen.y, 1e-6f);
    }

    @Test
    void theMixOfASummedLossIsASum() {
        Seen seen = new Seen().of(learner(Losses.crossEntropy().reduced(Reduction.SUM), y, new MixUp(.7, 3)));
        Draws draws = Draws.at(3, 1, 0);
        int[] others = ints(draws.permutation(N));
        assertEquals(mixedLosses(seen.pred, ints(y), others, mixUpShares(draws, .7)), seen.loss, 1e-4);
    }

    // ---- draws

    @Test
    void theSameSeedGivesTheSameMixesAlsoFromTheMiddleOn() {
        List<float[]> whole = inputs(new MixUp(.4, 9), 0), resumed = inputs(new MixUp(.4, 9), 2);
        assertEquals(4 * 3, whole.size());
        for (int i = 0; i < 6; i++) assertArrayEquals(whole.get(6 + i), resumed.get(i));
        assertFalse(Arrays.equals(whole.get(0), whole.get(3)), "another epoch");
        assertFalse(Arrays.equals(whole.get(0), inputs(new MixUp(.4, 10), 0).get(0)), "another seed");
    }

    /** The first pixels of the training batches of a fit of four epochs, from one of them on. */
    private List<float[]> inputs(Object mix, int startEpoch) {
        List<float[]> inputs = new ArrayList<>();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batch(3).build(), mix);
        learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> {
            if (l.training()) inputs.add(Tensors.values(l.x()));
        }));
        learner.fit(4, fit -> fit.startEpoch(startEpoch));
        return inputs;
    }

    // ---- what is mixed

    /** A loader of tensors that are not its own: what CutMix wrote into them would stay. */
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
    void theDataStaysAsItIs() {
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
    void imagesOfClassesAreMixedImageByImage() {
        try (Layer convolution = new dev.rondo.nn.Conv2d(C, CLASSES, 1, 0)) {
            Tensor pixels = torch.randint(CLASSES, new long[] {N, H, W}, new TensorOptions(ScalarType.Long));
            for (Loss loss : List.of(Losses.crossEntropy(), Losses.dice(), Losses.focal(), Losses.labelSmoothing())) {
                DataLoader loader = TensorLoader.of(x, pixels).batch(N).build();
                try (Learner segmenter = Learner.builder(new DataLoaders(loader, loader), convolution, loss)
                        .progress(false)
                        .callbacks(new MixUp())
                        .build()) {
                    double[] got = new double[1];
                    segmenter.add(Callbacks.on(AFTER_LOSS, l -> {
                        if (!l.training()) return;
                        Draws draws = Draws.at(0, 1, 0);
                        Tensor others = draws.permutation(N);
                        double[] shares = mixUpShares(draws, .4);
                        Tensor own = loss.unreduced().of(l.pred(), l.yb());
                        Tensor other = loss.unreduced().of(l.pred(), List.of(l.y().index_select(0, others)));
                        float[] a = Tensors.values(own.reshape(N, -1)), b = Tensors.values(other.reshape(N, -1));
                        double sum = 0;
                        for (int i = 0; i < a.length; i++) {
                            double share = shares[i / (a.length / N)];
                            sum += share * a[i] + (1 - share) * b[i];
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
    void shortFloatsStayShort() {
        learner(
                Losses.crossEntropy(),
                TensorLoader.of(x.to(ScalarType.Double), y).batch(N).build(),
                new MixUp());
        learner.add(Callbacks.on(BEFORE_BATCH, 1, l -> {
            assertEquals(ScalarType.Double, l.x().scalar_type().intern());
            l.setBatch(Batch.of(l.x().to(ScalarType.Float), l.y()));
        }));
        learner.fit(1);
    }

    // ---- runs inside of runs, and other callbacks

    @Test
    void aValidationInsideOfAMixedBatchIsNotMixed() {
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
    void aFitInsideOfAMixedBatchMixesItsOwnBatches() {
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
            l.setTraining(true);
        }));
        learner.add(Callbacks.on(AFTER_LOSS, l -> {
            if (l.training()) losses.add(l.loss().item_double());
        }));
        learner.fit(1);
        assertEquals(mixedLoss(2), losses.get(0), 1e-5);
        assertEquals(learner.validate().cells().get("valid_loss"), losses.get(1), 1e-5);
        assertEquals(mixedLoss(1), losses.get(2), 1e-5);
    }

    /** The loss of the first batch of this epoch of the learner's life, mixed by {@code new MixUp()}. */
    private double mixedLoss(long epoch) {
        Draws draws = Draws.at(0, epoch, 0);
        int[] others = ints(draws.permutation(N));
        double[] shares = mixUpShares(draws, .4);
        Tensor images = torch.tensor(mixed(Tensors.values(x), others, shares)).view(N, C, H, W);
        return mixedLosses(Tensors.values(model.forward(images)), ints(y), others, shares) / N;
    }

    @Test
    void ofTwoHandlersOneMayMixEachBatch() {
        MixUp mixUp = new MixUp();
        CutMix cutMix = new CutMix();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batch(3).build(), mixUp, cutMix);
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
    void whateverEndsAFit_theLossIsBackAndTheNextFitMixes() {
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
                        // what it leaves is looked at below
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
    void aHandlerThatComesInTheMiddleOfAnEpochMixesFromThenOn() {
        List<Boolean> mixed = new ArrayList<>();
        learner(Losses.crossEntropy(), TensorLoader.of(x, y).batch(2).build());
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
                    TensorLoader.of(x, y).batch(1).prefetch(0).build(),
                    mix);
            learner.add(Callbacks.on(BEFORE_BATCH, Double.NEGATIVE_INFINITY, l -> handles.add(Pointer.totalCount())));
            learner.fit(3);
            for (int i = 34; i < 40; i++) assertTrue(handles.get(i) <= handles.get(i - 1), handles::toString);
        }
    }

    // ---- what cannot be mixed

    private static void says(String message, Runnable call) {
        Exception e = assertThrows(RuntimeException.class, call::run);
        assertEquals(message, (e instanceof CallbackException ? e.getCause() : e).getMessage());
    }

    @Test
    void saysWhatItCannotMix() {
        says("MixUp has an alpha above 0, not 0.0.", () -> new MixUp(0));
        says("CutMix has an alpha above 0, not NaN.", () -> new CutMix(Double.NaN));
        says("MixUp mixes floats, and input 0 is of type Long: make it float.", () -> learner(
                        Losses.crossEntropy(),
                        TensorLoader.of(x.to(ScalarType.Long), y).build(),
                        new MixUp())
                .fit(1));
        Loss own = (pred, yb) -> torch.cross_entropy_loss(pred, yb.get(0));
        says(
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
        says(
                "This loss has no form that does not reduce: implement unreduced() to have the losses of single items.",
                () -> learner(reducing, y, new MixUp()).fit(1));
        says("CutMix cuts images (N, …, H, W), and input 0 is [8, 60].", () -> learner(
                        Losses.crossEntropy(),
                        TensorLoader.of(x.reshape(N, PIXELS), y).build(),
                        new CutMix())
                .fit(1));
    }
}
