package dev.rondo.cases;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Callbacks;
import dev.rondo.MixedPrecision;
import dev.rondo.ParamScheduler;
import dev.rondo.ProgressCallback;
import dev.rondo.Recorder;
import dev.rondo.ScopeLocal;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.CSVLogger;
import dev.rondo.callback.CutMix;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.FetchPreds;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.HookCallback;
import dev.rondo.callback.LearningRateMonitor;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.RNNRegularizer;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.SWA;
import dev.rondo.callback.SaveModel;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.callback.TimeBudget;
import dev.rondo.callback.WeightEMA;
import dev.rondo.check.Wrong;
import dev.rondo.event.Event;
import dev.rondo.nn.Layer;
import dev.rondo.optim.Hyper;
import dev.rondo.schedule.Schedule;
import dev.rondo.schedule.Schedules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of the built-in callbacks, and what is said. */
class WrongCallbacksTest extends Fixture {
    private static final double NAN = Double.NaN, INFINITY = Double.POSITIVE_INFINITY;
    private static final Path FILE = Path.of("model.safetensors");

    static Stream<Wrong> wrongArguments() {
        return Stream.of(
                call("The alpha of MixUp is above 0, not 0.0.", () -> new MixUp(0)),
                call("The alpha of CutMix is above 0, not NaN.", () -> new CutMix(NAN)),
                call("The alpha of CutMix is a finite number, not Infinity.", () -> new CutMix(INFINITY)),
                call("The number of samples of a step is 1 or more, not 0.", () -> new GradientAccumulation(0)),
                call("The limit of gradients is above 0, not 0.0.", () -> new GradientClip(0)),
                call("The limit of gradients is above 0, not NaN.", () -> GradientClip.byValue(NAN)),
                call("The p of a norm is above 0, not -2.0.", () -> new GradientClip(1, -2)),
                call("The decay of an average is from 0 to below 1, not 1.0.", () -> new WeightEMA(1)),
                call(
                        "The fraction of epochs after which an average starts is from 0 to below 1, not 1.0.",
                        () -> new SWA(1)),
                call(
                        "The fraction of epochs after which an average starts is from 0 to below 1, not -0.1.",
                        () -> new SWA(-.1)),
                call("The fraction of a short epoch is from 0 to 1, not 1.5.", () -> new ShortEpoch(1.5)),
                call("The weight alpha of a penalty is 0 or more, not -1.0.", () -> new RNNRegularizer(-1, 1)),
                call(
                        "The weight beta of a penalty is a finite number, not Infinity.",
                        () -> new RNNRegularizer(1, INFINITY)),
                call(
                        "A tracker's patience in epochs is 1 or more, not 0.",
                        () -> new EarlyStopping(Monitor.VALID_LOSS, 0)),
                call("'monitor' must not be null.", () -> new EarlyStopping(null, 1)),
                call(
                        "The factor by which learning rates are divided is above 1, not 0.1.",
                        () -> // as PyTorch's is given
                        new ReduceLROnPlateau(Monitor.VALID_LOSS, 1, .1, 0)),
                call(
                        "The minimum learning rate is 0 or more, not -1.0.",
                        () -> new ReduceLROnPlateau(Monitor.VALID_LOSS, 1, 10, -1)),
                call("minDelta is 0 or more, not -1.0.", () -> Monitor.VALID_LOSS.withMinDelta(-1)),
                call("A column has a name that is not blank.", () -> Monitor.of("")),
                call("'direction' must not be null.", () -> Monitor.of("mae", null)),
                call("'file' must not be null.", () -> new SaveModel(null)),
                call("The n of a model saved in every n-th epoch is 1 or more, not 0.", () -> new SaveModel(FILE)
                        .everyEpochs(0)),
                call(
                        "A model is saved every 2 epochs or at the end, not both.",
                        () -> new SaveModel(FILE).everyEpochs(2).atEnd()),
                call("'file' must not be null.", () -> new CSVLogger(null)),
                call(
                        "The number of batches whose losses are checked together is 1 or more, not 0.",
                        () -> TerminateOnNaN.deferred(0)),
                call("A time budget must be positive, not PT-1S.", () -> new TimeBudget(Duration.ofSeconds(-1))),
                call("'limit' must not be null.", () -> new TimeBudget(null)),
                call("'clock' must not be null.", () -> new TimeBudget(Duration.ofSeconds(1), null)),
                call(
                        "The n of hooks in every n-th batch is 1 or more, not 0.",
                        () -> new HookCallback(0, (l, y) -> {})),
                call("The n of hooks in every n-th batch is 1 or more, not -1.", () -> new ActivationStats().every(-1)),
                call("'layers[0]' must not be null.", () -> new HookCallback((l, y) -> {}, (Layer) null)),
                call(
                        "LearningRateMonitor needs a hyper-parameter to record: lr, mom, …",
                        () -> new LearningRateMonitor(new Hyper[0])),
                call("'hypers[0]' must not be null.", () -> new LearningRateMonitor((Hyper) null)),
                call("There is no parameter group 0: there are 0.", () -> new LearningRateMonitor().lrs(0)),
                call("There is no schedule for 'lr'.", () -> new ParamScheduler(Hyper.LR)),
                call("'hyper' must not be null.", () -> new ParamScheduler(null, Schedules.constant(1))),
                call("'schedule[0]' must not be null.", () -> new ParamScheduler(Hyper.LR, (Schedule) null)),
                call(
                        "There is a schedule for 'lr' already; combine(…) joins two.",
                        () -> new ParamScheduler(Hyper.LR, Schedules.constant(1)).and(Hyper.LR, Schedules.constant(2))),
                call("The beta of a smooth loss is from 0 to below 1, not 1.0.", () -> new Recorder().withBeta(1)),
                call(
                        "The order of a handler is a finite number, not NaN.",
                        () -> Callbacks.on(Event.AFTER_FIT, NAN, l -> {})),
                call("'handler' must not be null.", () -> Callbacks.on(Event.AFTER_FIT, null)),
                call("'over' must not be null.", () -> new FetchPreds(null, p -> {})),
                call("'scaler' must not be null.", () -> MixedPrecision.fp16(null)),
                call("'scope' must not be null.", () -> ScopeLocal.of(null)),
                call("'out' must not be null.", () -> new ProgressCallback().withOutput(null)));
    }

    @ParameterizedTest
    @MethodSource
    void wrongArguments(Wrong wrong) {
        wrong.assertSaid();
    }

    private void assertSaid(String message, Object callback) {
        call(message, () -> build(given().metrics(mae())).fit(1, fit -> fit.callbacks(callback)))
                .assertSaid();
    }

    @Test
    void columnsThatAreNotRecorded() {
        assertSaid(
                "There is no column 'valid_los' to monitor. Did you mean 'valid_loss'?",
                new EarlyStopping(Monitor.of("valid_los"), 1));
        assertSaid(
                "There is no column 'valid_mae' to monitor. Did you mean 'mae'?",
                new SaveModel(FILE, Monitor.of("valid_mae")));
        assertSaid(
                "There is no column 'f1' to monitor. There are: train_loss, valid_loss, mae.",
                new ReduceLROnPlateau(Monitor.of("f1"), 1));
    }

    @Test
    void aModelIsNotSavedToADirectory(@TempDir Path directory) {
        assertSaid(
                "SaveModel needs a file, but " + directory + " is a directory: append a file name.",
                new SaveModel(directory));
        assertEquals(0, learner.epochsBegun());
    }

    @Test
    void schedulesThatDoNotFitTheOptimizer() {
        assertSaid(
                "This optimizer has no hyper-parameter 'eps'; it has lr, mom, wd.",
                new ParamScheduler(Hyper.EPS, Schedules.constant(1)));
        assertSaid(
                "Trying to set 2 values for lr but there are 1 parameter groups.",
                new ParamScheduler(Hyper.LR, Schedules.constant(1), Schedules.constant(1)));
    }

    /** The second of two batches is at position 0.5. */
    @Test
    void aScheduleThatLeavesTheRangeOfItsHyperParameter() {
        assertSaid(
                "The schedule of 'lr' fails at position 0.5 of 1: A learning rate is 0 or more, not -1.0.",
                new ParamScheduler(Hyper.LR, Schedules.linear(1, -3)));
        assertSaid(
                "The schedule of 'mom' fails at position 0.0 of 1: A momentum is 0 or more, not NaN.",
                new ParamScheduler(Hyper.MOM, position -> NAN));
    }

    @Test
    void aBudgetMayBeForever() {
        build(given()).fit(1, fit -> fit.callbacks(new TimeBudget(Duration.ofSeconds(Long.MAX_VALUE))));
        assertEquals(1, learner.recorder().rows().size());
    }
}
