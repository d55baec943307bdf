package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.ParamScheduler;
import dev.rondo.ProgressCallback;
import dev.rondo.Recorder;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.event.CancelValidException;
import dev.rondo.metric.Direction;
import dev.rondo.metric.Metric;
import dev.rondo.metric.Metrics;
import dev.rondo.optim.Hyper;
import dev.rondo.schedule.Schedules;
import dev.rondo.spi.CallbackTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group K: EarlyStopping and ReduceLROnPlateau, with given validation losses. */
class TrackersTest extends Fixture {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private void given(double[] validLosses, Object... callbacks) {
        build(given().lr(.01));
        learner.add(
                new ProgressCallback().withoutBar().withOutput(new PrintStream(printed, true, StandardCharsets.UTF_8)));
        learner.add("losses", validLosses(validLosses));
        for (Object c : callbacks) learner.add(c);
    }

    private static double[] losses(double... losses) {
        return losses;
    }

    /** Sets the validation loss of each epoch. */
    private static CallbackTable<Learner> validLosses(double... losses) {
        return Callbacks.on(AFTER_LOSS, 1, l -> {
            if (!l.training()) l.setLoss(torch.full(new long[0], new Scalar(losses[l.epoch()])));
        });
    }

    private static EarlyStopping stopping(int patience) {
        return new EarlyStopping(Monitor.VALID_LOSS, patience);
    }

    private void assertStops(int rows, String message) {
        assertEquals(rows, learner.recorder().rows().size());
        assertEquals(List.of(message), messages());
    }

    /** The printed lines that are not rows. */
    private List<String> messages() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(l -> !l.startsWith(" ") && !l.startsWith("epoch"))
                .toList();
    }

    @Test
    void k1_stopsAtTheFirstEpochWithoutImprovement_afterItsRow() {
        Tracer late = new Tracer();
        given(losses(5, 4, 4, 4), stopping(1));
        learner.add("late", late);
        learner.handle(late).order(64);
        learner.fit(4);
        assertTrace("BF E E E CF AF");
        assertEquals(Tracer.expand("BF E E BE BT t t AT BV v AV CF AF"), late.take());
        assertStops(3, "No improvement since epoch 1: early stopping");
    }

    @Test
    void k2_stopsAfterPatienceEpochs() {
        given(losses(5, 4, 4.5, 4.2, 1), stopping(2));
        learner.fit(5);
        assertStops(4, "No improvement since epoch 1: early stopping");
    }

    @Test
    void k3_anImprovementBelowMinDeltaDoesNotCount() {
        given(losses(5, 4, 3.95, 1), new EarlyStopping(Monitor.VALID_LOSS.withMinDelta(.1), 1));
        learner.fit(4);
        assertStops(3, "No improvement since epoch 1: early stopping");
    }

    @Test
    void k4_nanIsNeverBetter() {
        given(losses(Double.NaN, Double.NaN, Double.NaN), stopping(2));
        learner.fit(3);
        assertStops(2, "No improvement since the start: early stopping"); // fastai: since epoch -1
    }

    @Test
    void k7_ratesAreReducedOnAPlateau_downToTheMinimum() {
        given(losses(3, 3, 3, 3, 3), new ReduceLROnPlateau(Monitor.VALID_LOSS, 2, 10, 1e-4));
        learner.fit(5);
        assertClose(learner.recorder().lrs(), .01, .01, .01, .01, .01, .01, .001, .001, .001, .001);
        assertClose(learner.lr(), 1e-4);
        assertEquals(List.of("Epoch 2: reducing lr to 0.001", "Epoch 4: reducing lr to 1.0E-4"), messages());
    }

    @Test
    void k7_reducesTheRateOfEachGroup() {
        line = new LinearModel.InTwoGroups();
        given(losses(3, 3), new ReduceLROnPlateau(Monitor.VALID_LOSS, 1, 10, 5e-4));
        learner.fit(2, fit -> fit.lr(.001, .01));
        assertEquals(
                List.of(5e-4, .001),
                learner.optimizer().groups().stream().map(g -> g.get(Hyper.LR)).toList());
    }

    @Test
    void k7_printsNothingAtTheMinimum() {
        given(losses(3, 3, 3), new ReduceLROnPlateau(Monitor.VALID_LOSS, 1, 10, .01));
        learner.fit(3);
        assertEquals(List.of(), messages());
    }

    @Test
    void k8_aScheduleOverwritesTheReducedRate() {
        given(losses(3, 3, 3), new ReduceLROnPlateau(), new ParamScheduler(Hyper.LR, Schedules.constant(.01)));
        learner.fit(3);
        assertClose(learner.recorder().lrs(), .01, .01, .01, .01, .01, .01);
    }

    /** A metric whose value decreases every epoch. */
    private static Metric falling(String name) {
        double[] value = {10};
        return Metrics.value(name, () -> value[0]--);
    }

    private int epochsWith(Metric metric, Monitor monitor) {
        line = new LinearModel();
        build(given().lr(1e-4).metrics(metric));
        learner.add(new EarlyStopping(monitor, 1));
        learner.fit(4);
        return learner.recorder().rows().size();
    }

    @Test
    void k9_knownNamesHaveADirection() {
        assertEquals(4, epochsWith(falling("error_rate"), Monitor.of("error_rate")));
        assertEquals(4, epochsWith(falling("perplexity"), Monitor.of("perplexity"))); // fastai: larger is better
        assertEquals(2, epochsWith(falling("accuracy"), Monitor.of("accuracy")));
    }

    @Test
    void k9_aMetricOrAMonitorSetsADirection() {
        Metric larger = falling("score").withDirection(Direction.LARGER_IS_BETTER);
        assertEquals(2, epochsWith(larger, Monitor.of("score")));
        assertEquals(4, epochsWith(larger, Monitor.of("score", Direction.SMALLER_IS_BETTER)));
    }

    @Test
    void k9_aDirectionIsNotGuessed() {
        String sentence = failureToStart(falling("score"), Monitor.of("score"));
        assertTrue(
                sentence.startsWith("It is unknown which values of 'score' are better: use Monitor.of(\"score\", "),
                sentence);
    }

    @Test
    void k9_anUnknownColumnIsAnErrorThatListsTheColumns() {
        assertEquals(
                "There is no column 'LOSSY' to monitor. There are: train_loss, valid_loss, mae.",
                failureToStart(mae(), Monitor.of("LOSSY")));
    }

    private String failureToStart(Metric metric, Monitor monitor) {
        line = new LinearModel();
        build(given().metrics(metric));
        learner.add("R", new EarlyStopping(monitor, 1));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals("before_fit", e.event());
        assertTrace("BF");
        return e.getCause().getMessage();
    }

    @Test
    void k9_metricsOfBothPhasesAreKnownByTheNameAfterThePhase() {
        build(given().metrics(falling("accuracy")).recorder(new Recorder().withTrainMetrics()));
        learner.add(new EarlyStopping(Monitor.of("valid_accuracy"), 1));
        learner.fit(4, 1e-4);
        assertEquals(2, learner.recorder().rows().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void k10_theBestValueOfThisFit_orOfAllFits(boolean acrossFits) {
        Monitor monitor = acrossFits ? Monitor.VALID_LOSS.acrossFits() : Monitor.VALID_LOSS;
        double[] losses = {3, 3};
        given(losses, new EarlyStopping(monitor, 1));
        learner.fit(1);
        losses[0] = 5;
        learner.fit(2, .01);
        assertEquals(acrossFits ? 1 : 2, learner.recorder().rows().size());
    }

    @Test
    void k6_trackersAreNotCalledInValidations() {
        double[] losses = {3, 2, 1};
        given(losses, stopping(1));
        learner.fit(1);
        losses[0] = 9;
        learner.validate();
        learner.fit(2);
        assertEquals(List.of(), messages());
    }

    @Test
    void k12_anEpochWithoutAValueDoesNotCount() {
        given(losses(5, 4, 3), stopping(1));
        learner.fit(3, fit -> fit.startEpoch(1)
                .callbacks(Throw.once(BEFORE_VALIDATE, l -> l.epoch() == 2, CancelValidException.INSTANCE)));
        assertEquals(3, learner.recorder().rows().size()); // fastai: fails
        assertEquals(List.of(), messages());
    }

    @Test
    void noLoggingSilencesThem() {
        given(losses(3, 3), stopping(1), new ReduceLROnPlateau());
        try (dev.rondo.Undo silent = learner.noLogging()) {
            learner.fit(2);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertEquals(1e-3, learner.lr(), 1e-9);
    }

    @Test
    void aValidationAtAfterEpochIsNotMonitored() {
        double[] losses = {3, 2, 1};
        given(losses, stopping(1));
        learner.add(Callbacks.on(AFTER_EPOCH, 55, l -> {
            if (l.runKind() == dev.rondo.event.RunKind.FIT) l.validate();
        }));
        learner.fit(3);
        assertEquals(3, learner.recorder().rows().size());
    }

    @Test
    void aNestedFitIsNotMonitored() {
        int[] epochs = new int[1];
        given(losses(5), stopping(2), new ReduceLROnPlateau());
        learner.add("inside", Callbacks.on(BEFORE_TRAIN, l -> {
            if (l.runDepth() > 1) return;
            epochs[0]++;
            l.fit(1, l.lr()); // its epoch has the number 0, which the outer fit keeps from here on
        }));
        learner.fit(5);
        assertEquals(3, epochs[0]);
        assertClose(learner.lr(), .0001);
    }

    @Test
    void eachFitStartsFresh_alsoAfterAnError() {
        given(losses(5, 5, 5), stopping(2));
        assertThrows(
                CallbackException.class,
                () -> learner.fit(
                        3, fit -> fit.callbacks(Throw.failure(AFTER_EPOCH, new IllegalStateException("boom")))));
        learner.fit(3);
        assertStops(3, "No improvement since epoch 0: early stopping");
    }
}
