package dev.rondo.cases;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.Event;
import dev.rondo.loss.Loss;
import dev.rondo.metric.Metric;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models, losses, loaders and metrics of a user that break their contracts, and what is said. */
class WrongPartsTest extends Fixture {
    private static final String STAYS_OPEN =
            ": what it returns stays open, and so does the PointerScope in which it was made.";

    /** A model that changes what a linear layer returns. */
    private static final class Changed implements Model {
        private final Linear linear = new Linear(1, 1);
        private final UnaryOperator<Tensor> change;
        private final List<Parameter> parameters;

        Changed(UnaryOperator<Tensor> change, List<Parameter> parameters) {
            this.change = change;
            this.parameters = parameters;
        }

        Changed(UnaryOperator<Tensor> change) {
            this.change = change;
            parameters = linear.parameters();
        }

        @Override
        public Tensor forward(Tensor... x) {
            return change.apply(linear.forward(x));
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }

        @Override
        public void train(boolean training) {}

        @Override
        public void to(Device device) {}
    }

    static Stream<WrongRunsTest.WrongRun> wrongModels() {
        return Stream.of(
                model("The model's forward returned null.", new Changed(y -> null)),
                model("The model Changed returned an undefined tensor" + STAYS_OPEN, new Changed(y -> new Tensor())),
                model("The model Changed returned a closed tensor" + STAYS_OPEN, new Changed(WrongPartsTest::closed)),
                model("The model Changed returned a closed tensor" + STAYS_OPEN, new Changed(y -> {
                    try (PointerScope temporary = new PointerScope()) {
                        return y.neg();
                    }
                })),
                model("The parameters() of the model are null.", new Changed(y -> y, null)),
                loss("The loss returned a closed tensor" + STAYS_OPEN, (pred, yb) -> closed(pred.mean())),
                loss("The loss returned an undefined tensor" + STAYS_OPEN, (pred, yb) -> new Tensor()));
    }

    private static Tensor closed(Tensor tensor) {
        tensor.close();
        return tensor;
    }

    private static WrongRunsTest.WrongRun model(String message, Model model) {
        return learner(message, Numbers.batches(1), model, (pred, yb) -> pred.mean());
    }

    private static WrongRunsTest.WrongRun loss(String message, Loss loss) {
        return learner(message, Numbers.batches(1), new Changed(y -> y), loss);
    }

    private static WrongRunsTest.WrongRun loader(String message, int size, DataLoader.Pass pass) {
        DataLoader loader = new DataLoader() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Pass open(long epoch) {
                return pass;
            }
        };
        return learner(message, loader, new Changed(y -> y), (pred, yb) -> pred.mean());
    }

    private static WrongRunsTest.WrongRun learner(String message, DataLoader train, Model model, Loss loss) {
        return new WrongRunsTest.WrongRun(
                message, ignored -> Learner.builder(new DataLoaders(train, Numbers.batches(1)), model, loss)
                        .progress(false)
                        .build()
                        .fit(1));
    }

    /** A pass whose next batch is always this one. */
    private static DataLoader.Pass always(Supplier<Batch> batch) {
        return new DataLoader.Pass() {
            @Override
            public Batch next() {
                return batch.get();
            }

            @Override
            public void close() {}
        };
    }

    private static Batch batch(int samples) {
        return Batch.of(torch.zeros(samples, 1), torch.zeros(samples, 1));
    }

    static Stream<WrongRunsTest.WrongRun> wrongLoaders() {
        String open = ": tensors of a batch are open until the next one is drawn, and those made in next() not longer.";
        return Stream.of(
                loader("The open(…) of the loader returned null.", 1, null),
                loader("The size() of a loader is 0 or more, not -1.", -1, always(() -> batch(2))),
                loader("Batch 0 of the loader has a closed tensor" + open, 1, always(() -> {
                    Batch batch = batch(2);
                    batch.close();
                    return batch;
                })),
                loader(
                        "Batch 0 of the loader has an undefined tensor" + open,
                        1,
                        always(() -> Batch.of(torch.zeros(2, 1), new Tensor()))),
                loader(
                        "Batch 0 has no samples, and the mean loss of none is not a number: leave it out in the loader.",
                        1,
                        always(() -> batch(0))));
    }

    @ParameterizedTest
    @MethodSource({"wrongModels", "wrongLoaders"})
    void areRefused(WrongRunsTest.WrongRun wrong) {
        call(wrong.message(), () -> wrong.call().accept(null)).assertSaid();
    }

    @Test
    void orderedLoadersAreNotNull() {
        DataLoader loader = new DataLoader() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Pass open(long epoch) {
                return always(() -> null);
            }

            @Override
            public DataLoader ordered() {
                return null;
            }
        };
        call("The ordered() of the loader returned null.", () -> build(given()).getPreds(loader))
                .assertSaid();
    }

    @Test
    void aClosedModel() {
        build(given());
        line.close();
        call("The parameter 'a' is closed: close a model after the last run of its learner.", () -> learner.fit(1))
                .assertSaid();
        call("The layer LinearModel is closed.", () -> learner.validate()).assertSaid();
    }

    /** A custom metric without a name or a value. */
    private record Nulls(String name) implements Metric {
        @Override
        public void reset() {}

        @Override
        public void accumulate(Tensor pred, List<Tensor> yb) {}

        @Override
        public OptionalDouble value() {
            return null;
        }
    }

    @Test
    void metricsWithNulls() {
        call("'name' must not be null.", () -> build(given().metrics(new Nulls(null))))
                .assertSaid();
        call("The value() of the metric 'odd' is null.", () -> build(given().metrics(new Nulls("odd")))
                        .fit(1))
                .assertSaid();
    }

    @Test
    void errorsOfLibtorchInPredictions() {
        build(given());
        call(
                        "mat1 and mat2 shapes cannot be multiplied (2x1 and 2x1), in the activation of the predictions [2, 1] float32",
                        () -> learner.getPreds(
                                learner.dataLoaders().valid(), predict -> predict.activation(p -> product(p))))
                .assertSaid();
    }

    private static Tensor product(Tensor p) {
        try {
            return p.matmul(p);
        } catch (RuntimeException e) {
            e.setStackTrace(new StackTraceElement[] {e.getStackTrace()[0]}); // no line of this test in the message
            throw e;
        }
    }

    @Test
    void aHandlerDoesNotCloseItsLearner() {
        build(given());
        call(
                        "A learner is closed after its runs, not by a handler in one.",
                        () -> learner.fit(1, fit -> fit.callbacks(Callbacks.on(Event.AFTER_BATCH, Learner::close))))
                .assertSaid();
        learner.fit(1);
        assertEquals(1, learner.recorder().rows().size());
    }
}
