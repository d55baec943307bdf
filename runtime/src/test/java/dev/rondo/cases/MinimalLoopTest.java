package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Learner;
import dev.rondo.ProgressCallback;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Model;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A15: a learner without other callbacks has the same results as a minimal training loop, bit for bit.
 *
 * <pre>{@code
 * def fit(epochs, model, loss_func, opt, train_dl, valid_dl):
 *     for epoch in range(epochs):
 *         model.train()
 *         for xb,yb in train_dl:
 *             loss = loss_func(model(xb), yb)
 *             loss.backward()
 *             opt.step()
 *             opt.zero_grad()
 *         model.eval()
 *         with torch.no_grad():
 *             tot_loss,tot_acc,count = 0.,0.,0
 *             for xb,yb in valid_dl:
 *                 pred = model(xb)
 *                 n = len(xb)
 *                 count += n
 *                 tot_loss += loss_func(pred,yb).item()*n
 *                 tot_acc  += accuracy (pred,yb).item()*n
 *         print(epoch, tot_loss/count, tot_acc/count)
 * }</pre>
 */
@ExtendWith(InScope.class)
class MinimalLoopTest {
    private static final int EPOCHS = 3;

    private final Loss loss = Losses.crossEntropy();
    private final DataLoader train = data(200).batchSize(16).shuffle(7).build();
    private final DataLoader valid = data(50).batchSize(16).build();

    private static TensorLoader.Builder data(int samples) {
        Tensor x = torch.randn(samples, 8);
        return TensorLoader.of(x, x.narrow(1, 0, 4).argmax(new LongOptional(1), false));
    }

    private static Sequential model() {
        Torch.seed(3);
        return new Sequential(new Linear(8, 32), new ReLU(), new Linear(32, 4));
    }

    private List<String> fit(Model model, Optimizer optimizer) {
        List<String> printed = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            model.train(true);
            try (DataLoader.Pass batches = train.open(epoch)) {
                for (Batch b = batches.next(); b != null; b = batches.next()) {
                    loss.of(model.forward(b.xb().get(0)), b.yb()).backward();
                    optimizer.step();
                    optimizer.zeroGrad();
                }
            }
            model.train(false);
            double totalLoss = 0, totalAccuracy = 0, count = 0;
            try (NoGrad off = NoGrad.enter();
                    DataLoader.Pass batches = valid.open(epoch)) {
                for (Batch b = batches.next(); b != null; b = batches.next()) {
                    Tensor pred = model.forward(b.xb().get(0));
                    long n = b.size();
                    count += n;
                    totalLoss += loss.of(pred, b.yb()).item_float() * n;
                    totalAccuracy += accuracy(pred, b.yb().get(0)) * n;
                }
            }
            printed.add(String.format(Locale.ROOT, "%d %.6f %.6f", epoch, totalLoss / count, totalAccuracy / count));
        }
        return printed;
    }

    private static double accuracy(Tensor pred, Tensor y) {
        return pred.argmax(new LongOptional(1), false)
                .eq(y)
                .to(torch.ScalarType.Float)
                .mean()
                .item_float();
    }

    private static List<float[]> parameters(Model model) {
        return model.parameters().stream().map(p -> Tensors.values(p.tensor())).toList();
    }

    private void assertSame(Optimizer.Factory factory, double lr) {
        try (PointerScope memory = new PointerScope();
                Sequential byHand = model();
                Optimizer optimizer = factory.create(byHand.parameterGroups(), lr);
                Sequential learned = model()) {
            float[] before = Tensors.values(learned.parameters().get(0).tensor());
            List<String> printed = fit(byHand, optimizer);

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (Learner learner = Learner.builder(new DataLoaders(train, valid), learned, loss)
                    .optimizer(factory)
                    .metrics(Metrics.accuracy())
                    .progress(false)
                    .callbacks(new ProgressCallback()
                            .withoutBar()
                            .withOutput(new PrintStream(out, true, StandardCharsets.UTF_8)))
                    .build()) {
                learner.fit(EPOCHS, lr);
            }
            List<float[]> expected = parameters(byHand), actual = parameters(learned);
            for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), actual.get(i));
            assertEquals(false, java.util.Arrays.equals(before, actual.get(0)), "something was learned");

            List<String> rows = out.toString(StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(row -> row.trim().split("\\s+"))
                    .map(cells -> cells[0] + " " + cells[2] + " " + cells[3]) // epoch, valid_loss, accuracy
                    .toList();
            assertEquals(printed, rows);
        }
    }

    @Test
    void a15_sgdWithMomentum() {
        assertSame(Optimizers.sgd(.9, 0), .05);
    }

    @Test
    void a15_adamW() {
        assertSame(Optimizers.adamW(), .01);
    }
}
