package dev.rondo.callback;

import static dev.rondo.event.Event.*;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Loss;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Draws;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random images (8, 2, 6, 5) in three classes, a linear model, and reference implementations of the mixes as loops over arrays. */
@ExtendWith(InScope.class)
abstract class MixFixture {
    static final int N = 8, C = 2, H = 6, W = 5, CLASSES = 3, PIXELS = C * H * W;

    final Tensor x = torch.randn(N, C, H, W);
    final Tensor y = torch.randint(CLASSES, new long[] {N}, new TensorOptions(ScalarType.Long));
    final Layer model = new Sequential(new FirstInput(), new Flatten(), new Linear(PIXELS, CLASSES));
    Learner learner;

    /** Takes any number of inputs and passes on the first. */
    private static final class FirstInput extends Layer {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0];
        }
    }

    @AfterEach
    void close() {
        if (learner != null) learner.close();
        model.close();
    }

    Learner learner(Loss loss, DataLoader loader, Object... callbacks) {
        if (learner != null) learner.close();
        learner = Learner.builder(new DataLoaders(loader, loader), model, loss)
                .lr(0)
                .optimizer(Optimizers.sgd())
                .progress(false)
                .callbacks(callbacks)
                .build();
        return learner;
    }

    Learner learner(Loss loss, Tensor y, Object... callbacks) {
        return learner(loss, TensorLoader.of(x, y).batchSize(N).build(), callbacks);
    }

    Tensor answers() {
        return torch.rand(N, CLASSES);
    }

    /** The inputs of the model and of the loss in the first training batch. */
    final class Seen {
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

    static float[] mixed(float[] own, int[] others, double[] lam) {
        int size = own.length / N;
        float[] mixed = new float[own.length];
        for (int i = 0; i < own.length; i++) {
            int n = i / size, other = others[n] * size + i % size;
            mixed[i] = (float) (lam[n] * own[i] + (1 - lam[n]) * own[other]);
        }
        return mixed;
    }

    static double crossEntropy(float[] logits, int item, int target) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) sum += Math.exp(logits[item * CLASSES + c]);
        return Math.log(sum) - logits[item * CLASSES + target];
    }

    static double mixedLosses(float[] logits, int[] y, int[] others, double[] lam) {
        double sum = 0;
        for (int n = 0; n < N; n++) {
            sum += lam[n] * crossEntropy(logits, n, y[n]);
            sum += (1 - lam[n]) * crossEntropy(logits, n, y[others[n]]);
        }
        return sum;
    }

    static int[] ints(Tensor t) {
        float[] values = Tensors.values(t);
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) ints[i] = (int) values[i];
        return ints;
    }

    static double[] mixUpLam(Draws draws, double alpha) {
        float[] drawn = Tensors.values(draws.beta(alpha, N));
        double[] lam = new double[N];
        for (int i = 0; i < N; i++) lam[i] = Math.max(drawn[i], 1 - drawn[i]);
        return lam;
    }

    /** Rows and columns of CutMix's box: first row, end, first column, end. */
    static int[] box(Draws draws, double alpha) {
        double side = Math.sqrt(1 - draws.beta(alpha, 1).item_double());
        int wide = (int) Math.rint(W * side) / 2, column = (int) draws.below(W);
        int high = (int) Math.rint(H * side) / 2, row = (int) draws.below(H);
        return new int[] {
            Math.max(row - high, 0), Math.min(row + high, H), Math.max(column - wide, 0), Math.min(column + wide, W)
        };
    }

    static float[] cut(float[] own, int[] others, int[] box) {
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

    static double[] kept(int[] box) {
        double[] lam = new double[N];
        Arrays.fill(lam, 1 - (double) ((box[1] - box[0]) * (box[3] - box[2])) / (H * W));
        return lam;
    }
}
