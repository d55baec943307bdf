package dev.rondo.cases;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackHandle;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.check.Wrong;
import dev.rondo.data.DataLoader;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.OneCycle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of a learner's builder and of its runs, and what is said. A run that is refused changes nothing. */
class WrongRunsTest extends Fixture {
    /** A wrong call on a learner. */
    record WrongRun(String message, Consumer<Learner> call) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static WrongRun run(String message, Consumer<Learner> call) {
        return new WrongRun(message, call);
    }

    private static WrongRun fit(String message, Consumer<FitOptions> how) {
        return new WrongRun(message, learner -> learner.fit(1, how));
    }

    static Stream<WrongRun> wrongRuns() {
        return Stream.of(
                run("The number of epochs of a fit is 0 or more, not -1.", l -> l.fit(-1)),
                run("The number of epochs of a fit is 0 or more, not -1.", l -> l.fitOneCycle(-1)),
                run("The number of epochs of a fit is 0 or more, not -1.", l -> l.fineTune(-1)),
                run("A learning rate is 0 or more, not -1.0.", l -> l.fit(1, -1)),
                run("A learning rate is 0 or more, not NaN.", l -> l.fitOneCycle(1, Double.NaN)),
                fit("A learning rate is a finite number, not Infinity.", f -> f.lr(1 / 0.)),
                fit("A learning rate is 0 or more, not -0.1.", f -> f.lr(List.of(-.1))),
                fit("A learning rate is 0 or more, not -0.1.", f -> f.lrOfLast(-.1)),
                fit("The learning rate of the first group is above 0, not 0.0.", f -> f.lr(0, 1)),
                fit("The learning rate of the last group is above 0, not NaN.", f -> f.lr(1, Double.NaN)),
                fit("'lrs[0]' must not be null.", f -> f.lr(Arrays.asList((Double) null))),
                fit("Trying to set 2 values for lr but there are 1 parameter groups.", f -> f.lr(List.of(1., 1.))
                        .wd(.5)),
                fit("Trying to set 2 values for lr but there are 1 parameter groups.", f -> f.lr(List.of(1., 1.))
                        .resetOptimizer()),
                fit("A weight decay is 0 or more, not -1.0.", f -> f.wd(-1)),
                fit("The epoch at which a fit starts is 0 or more, not -1.", f -> f.startEpoch(-1)),
                fit("'schedule' must not be null.", f -> f.schedule(null)),
                fit("'schedule[0]' must not be null.", f -> f.schedule(lr -> null)),
                fit("momLow is 0 or more, not -1.0.", f -> f.schedule(new OneCycle().withMoms(1, -1, 1))),
                fit("'states' must not be null.", f -> f.resume(null)),
                fit("'callbacks[0]' must not be null.", f -> f.callbacks((Object) null)),
                fit("A callback has a name that is not blank.", f -> f.callback("", new ShortEpoch())),
                fit("'setUp' must not be null.", f -> f.callback("short", new ShortEpoch(), null)),
                fit(
                        "A callback named 'short_epoch' is registered already, a ShortEpoch. Give this one a name of its own: add(\"…\", callback).",
                        f -> f.callbacks(new ShortEpoch(), new ShortEpoch())),
                run("'how' must not be null.", l -> l.fit(1, (Consumer<FitOptions>) null)),
                run("'tuning' must not be null.", l -> l.fineTune(1, null, f -> {})),
                run(
                        "fineTune makes two fits, and a state belongs to one of them: call freeze() or unfreeze(), then the fit that was stopped.",
                        l -> l.fineTune(1, new FineTuning(), f -> f.resume(Map.of()))),
                run("'range' must not be null.", l -> l.lrFind(null)),
                run(
                        "Trying to set 2 values for lr but there are 1 parameter groups.",
                        l -> l.lrFind(new LrRange(List.of(.1, .1), List.of(1., 1.)))),
                run("'precision' must not be null.", l -> l.precision(null)),
                run("'over' must not be null.", l -> l.validate(null)),
                run("'how' must not be null.", l -> l.validate(l.dataLoaders().valid(), null)),
                run("'over' must not be null.", l -> l.getPreds(null)),
                run(
                        "'activation' must not be null.",
                        l -> l.getPreds(l.dataLoaders().valid(), p -> p.activation(null))),
                run("A batch needs at least one input tensor.", Learner::predict),
                run("'item[0]' must not be null.", l -> l.predict((Tensor) null)),
                run("A prediction takes tensors, and 'item[0]' is a closed tensor.", l -> {
                    Tensor closed = torch.zeros(1);
                    closed.close();
                    l.predict(closed);
                }),
                run(
                        "The activation of the predictions returned null.",
                        l -> l.getPreds(l.dataLoaders().valid(), p -> p.activation(pred -> null))),
                run("'file' must not be null.", l -> l.save(null)),
                run("'file' must not be null.", l -> l.load(null)),
                run("'options' must not be null.", l -> l.load(Path.of("none"), null)),
                run(
                        "dev.rondo.callback.MixUp is a class: register an object of it, such as new MixUp(…).",
                        l -> l.add(MixUp.class)),
                run(
                        "A list of callbacks is no callback: pass its elements, with toArray().",
                        l -> l.add(List.of(new MixUp()))),
                run("'callback' must not be null.", l -> l.add(null)),
                run("'name' must not be null.", l -> l.add(null, new ShortEpoch())),
                run("'handle' must not be null.", l -> l.remove(null)),
                run("'handles[0]' must not be null.", l -> l.removedCallbacks((CallbackHandle) null)),
                run("'callbacks[0]' must not be null.", l -> l.addedCallbacks((Object) null)),
                run("'other' must not be null.", l -> l.lossReplacedBy(null)),
                run("'event' must not be null.", l -> l.fire(null)),
                run("'scope' must not be null.", l -> l.until(null, () -> {})));
    }

    @ParameterizedTest
    @MethodSource
    void wrongRuns(WrongRun wrong) {
        build(given()).fit(1, .01);
        double[] weights = line.values();
        Object optimizer = learner.optimizer();
        call(wrong.message, () -> wrong.call.accept(learner)).assertSaid();
        assertEquals(1, learner.epochsBegun());
        assertEquals(optimizer, learner.optimizer());
        assertEquals(.01, learner.lr());
        assertEquals(0, learner.optimizer().groups().get(0).get(Hyper.WD));
        assertTrue(line.parameters().stream().allMatch(p -> p.tensor().requires_grad()));
        assertLine(weights[0], weights[1]);
        learner.fit(1); // and it can be used
    }

    @Test
    void wrongBuilders() {
        DataLoader batches = Numbers.batches(1);
        for (Wrong wrong : List.of(
                call("'dataLoaders' must not be null.", () -> Learner.builder(null, line, Losses.mse())),
                call("'model' must not be null.", () -> given(null, batches, batches)),
                call("'valid' must not be null.", () -> given(line, batches, null)),
                call("A learning rate is 0 or more, not -1.0.", () -> given().lr(-1)),
                call("'optimizer' must not be null.", () -> given().optimizer(null)),
                call("'metrics[0]' must not be null.", () -> given().metrics((Metric) null)),
                call("'callbacks' must not be null.", () -> given().callbacks((Object[]) null)),
                call("'name' must not be null.", () -> given().callback(null, new MixUp())),
                call("'recorder' must not be null.", () -> given().recorder(null)),
                call("'plan' must not be null.", () -> given().plan(null)),
                call(
                        "Two callbacks named 'mix_up'. Give one a name of its own: callback(\"…\", callback).",
                        () -> given().callbacks(new MixUp(), new MixUp())),
                call(
                        "There would be two columns 'mae' in a row: give one of the metrics another name, with Metric.withName(…).",
                        () -> given().metrics(mae(), mae()).build()),
                call(
                        "There would be two columns 'time' in a row: give one of the metrics another name, with Metric.withName(…).",
                        () -> given().metrics(Metrics.value("time", () -> 1)).build()),
                call(
                        "There would be two columns 'valid_loss' in a row: give one of the metrics another name, with Metric.withName(…).",
                        () -> given().metrics(Metrics.value("valid_loss", () -> 1))
                                .build()))) {
            wrong.assertSaid();
        }
    }

    @Test
    void aMetricWithAnotherNameHasAColumnOfItsOwn() {
        build(given().metrics(mae(), mae().withName("again")));
        assertEquals(
                List.of("train_loss", "valid_loss", "mae", "again"),
                learner.recorder().columns());
    }

    @Test
    void modelsWithoutParametersAndFactoriesWithoutAnOptimizer() {
        try (Sequential relu = new Sequential(new ReLU())) {
            call("An optimizer needs parameters, but the model has none.", () -> build(
                                    given(relu, Numbers.batches(1), Numbers.batches(1)))
                            .fit(1))
                    .assertSaid();
        }
        call(
                        "The optimizer has none of the model's parameters, so nothing would be trained: its factory takes the groups that"
                                + " it is given.",
                        () -> {
                            try (LinearModel other = new LinearModel()) {
                                build(given().optimizer((groups, lr) ->
                                                Optimizers.sgd().create(other.parameterGroups(), lr)))
                                        .fit(1);
                            }
                        })
                .assertSaid();
        call("The factory of the optimizer returned null.", () -> build(given().optimizer((groups, lr) -> null))
                        .fit(1))
                .assertSaid();
    }

    /** PyTorch and fastai accept these. */
    @Test
    void unusualRuns() {
        build(given());
        learner.fit(0)
                .fitOneCycle(0)
                .fit(1, 0)
                .fit(1, fit -> fit.startEpoch(5))
                .freezeTo(-7)
                .fit(1);
        assertEquals(3, learner.epochsBegun());
    }
}
