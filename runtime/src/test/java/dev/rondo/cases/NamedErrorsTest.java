package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Precision;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.Generators;
import dev.rondo.torch.TorchException;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** An error of libtorch in a run is one line that says in which part of the run, and in whose code. */
class NamedErrorsTest extends Fixture {
    private static Tensor wrong() {
        return torch.zeros(2, 3).matmul(torch.zeros(4, 5));
    }

    private static final String TEXT = "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)";

    private void assertFails(String message, LearnerBuilder given) {
        Exception e = assertThrows(TorchException.class, () -> build(given).fit(1));
        assertEquals(message, e.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }

    private LearnerBuilder withLoss(Loss loss) {
        return Learner.builder(new DataLoaders(Numbers.batches(2), Numbers.batches(1)), line, loss)
                .progress(false);
    }

    private static final class Broken extends LinearModel {
        @Override
        public Tensor forward(Tensor... inputs) {
            return wrong();
        }
    }

    @Test
    void inTheModel() {
        line = new Broken();
        assertFails(
                TEXT + ", in the model Broken, input [2, 1] float32, at NamedErrorsTest.wrong (NamedErrorsTest.java)",
                given());
    }

    @Test
    void inALayerOfTheModel() {
        try (Sequential net = new Sequential(new Linear(1, 4), new Linear(3, 1))) {
            assertFails(
                    "mat1 and mat2 shapes cannot be multiplied (2x4 and 3x1), in layer '1' (Linear 3→1), input [2, 4]"
                            + " float32",
                    given(net, Numbers.batches(1), Numbers.batches(1)));
        }
    }

    @Test
    void inTheLoss() {
        assertFails(
                TEXT + ", in the loss, pred [2, 1] float32, targets [2, 1] float32, at NamedErrorsTest.wrong"
                        + " (NamedErrorsTest.java)",
                withLoss((pred, yb) -> wrong()));
    }

    @Test
    void inTheBackwardPass() {
        assertFails(
                "grad can be implicitly created only for scalar outputs, in the backward pass, loss [2, 1] float32:"
                        + " reduce it, with mean() for example",
                withLoss((pred, yb) -> pred));
    }

    @Test
    void inTheBackwardPassOfALossWithoutParameters() {
        assertFails(
                "element 0 of tensors does not require grad and does not have a grad_fn, in the backward pass, loss []"
                        + " float32, which depends on no trained parameter: unfreeze some, or leave out what cuts the graph, such as"
                        + " detach(), NoGrad or item",
                withLoss((pred, yb) -> torch.zeros()));
    }

    @Test
    void inTheBackwardPassOfALossThatCalledItItself() {
        build(withLoss((pred, yb) -> {
            Tensor loss = torch.mse_loss(pred, yb.get(0));
            loss.backward();
            return loss;
        }));
        String message =
                assertThrows(TorchException.class, () -> learner.fit(1)).getMessage();
        assertTrue(
                message.endsWith(
                        ", in the backward pass, loss [] float32: the loop calls backward() itself, and what a model keeps"
                                + " between batches needs detach()"),
                message);
    }

    @Test
    void inTheOptimizersStep() {
        build(given().callback("R", Callbacks.on(BEFORE_STEP, l -> line.a
                .mutable_grad()
                .set_data(torch.zeros(3, 3).to(ScalarType.Double)))));
        String message =
                assertThrows(TorchException.class, () -> learner.fit(1)).getMessage();
        assertTrue(message.endsWith(", in the optimizer's step"), message);
    }

    @Test
    void inAMetric() {
        build(given().metrics(Metrics.average("odd", (pred, yb) -> wrong())));
        Exception e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "Exception occurred in `Recorder` when calling event `after_batch` (epoch 0, batch 0): " + TEXT
                        + ", in the metric odd, pred [2, 1] float32, targets [2, 1] float32, at NamedErrorsTest.wrong"
                        + " (NamedErrorsTest.java)",
                e.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }

    @Test
    void inAHandler() {
        learner(Callbacks.on(AFTER_PRED, l -> wrong()));
        Exception e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "Exception occurred in `R` when calling event `after_pred` (epoch 0, batch 0): " + TEXT
                        + ", at NamedErrorsTest.wrong (NamedErrorsTest.java)",
                e.getMessage().replaceAll("\\.java:\\d+", ".java"));
        assertInstanceOf(TorchException.class, e.getCause());
    }

    @Test
    void inTheLoader() {
        DataLoader broken = new DataLoader() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Pass open(long epoch) {
                return new Pass() {
                    @Override
                    public Batch next() {
                        throw new AssertionError(wrong());
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        assertFails(
                TEXT + ", while the loader made batch 0, at NamedErrorsTest.wrong (NamedErrorsTest.java)",
                given(broken, Numbers.batches(1)));
    }

    /** 101 samples in batches of 20: the last batch has one. */
    @Test
    void aLastBatchOfOneSampleIsNotTrainedByABatchNorm_andDropLastLeavesItOut() {
        try (Sequential net = new Sequential(new Linear(1, 2), new BatchNorm1d(2), new Linear(2, 1))) {
            TensorLoader.Builder samples = TensorLoader.of(torch.randn(101, 1), torch.randn(101, 1))
                    .batchSize(20)
                    .prefetch(0);
            build(given(net, samples.build(), Numbers.batches(1)));
            Exception e = assertThrows(IllegalArgumentException.class, () -> learner.fit(1));
            assertEquals(
                    "In layer '1' (BatchNorm1d 2): training needs more than one value per channel, but got [1, 2] float32:"
                            + " leave out a last batch of one sample with the loader's dropLast(true), or use another batch"
                            + " size.",
                    e.getMessage());
            learner.close();

            build(given(net, samples.dropLast(true).build(), Numbers.batches(1)))
                    .fit(1);
            assertTrue(learner.validate().cells().values().stream().allMatch(Double::isFinite));
        }
    }

    @Test
    void theThreadIsAsBefore() {
        line = new Broken();
        build(given()).precision(Precision.BF16);
        assertThrows(TorchException.class, () -> learner.validate());
        assertThrows(TorchException.class, () -> learner.fit(1));
        assertTrue(GradMode.is_enabled());
        assertFalse(Autocast.isOn(Devices.cpu()));
        assertFalse(Generators.areInUse());
    }
}
