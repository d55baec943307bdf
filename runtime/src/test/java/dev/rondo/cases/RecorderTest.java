package dev.rondo.cases;

import static dev.rondo.cases.Throw.TRAINING;
import static dev.rondo.cases.Throw.VALIDATING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Recorder;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.metric.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Group H, and N6: the recorder, with a learning rate of 0.01. */
class RecorderTest extends Fixture {
    private Recorder recorder;

    private EpochRow row(int i) {
        return learner.recorder().rows().get(i);
    }

    private void fit(int epochs, Recorder recorder, Object... callbacks) {
        build(given().lr(.01).metrics(mae()).recorder(recorder));
        for (Object c : callbacks) learner.add(c);
        learner.fit(epochs);
        this.recorder = recorder;
    }

    private static Recorder smoothing(double beta) {
        return new Recorder().withBeta(beta);
    }

    @Test
    void h1_recordsLossesMetricsAndRates() {
        fit(2, new Recorder());
        assertEquals(List.of("train_loss", "valid_loss", "mae"), recorder.columns());
        assertEquals(
                List.of(0, 1), recorder.rows().stream().map(EpochRow::epoch).toList());
        assertCells(row(0), "train_loss", 37.00019, "valid_loss", 8.164078, "mae", 2.77785);
        assertCells(row(1), "train_loss", 26.94524, "valid_loss", 3.96943, "mae", 1.942468);
        assertClose(recorder.lrs(), .01, .01, .01, .01);
        assertClose(recorder.smoothLosses(), 17, 37.0002, 27.1933, 26.9452);
    }

    @Test
    void h2_withTrainMetrics() {
        fit(1, new Recorder().withTrainMetrics());
        assertEquals(List.of("train_loss", "train_mae", "valid_loss", "valid_mae"), recorder.columns());
        assertCells(row(0), "train_loss", 37.00019, "train_mae", 5.7325, "valid_loss", 8.164078, "valid_mae", 2.77785);
    }

    @Test
    void h3_withTrainMetricsAndWithoutValidation() {
        fit(1, new Recorder().withTrainMetrics().withoutValidation());
        assertEquals(List.of("train_loss", "mae"), recorder.columns());
        assertCells(row(0), "train_loss", 37.00019, "mae", 5.7325);
    }

    @Test
    void h3_withoutMetrics() {
        fit(1, new Recorder().withoutValidation());
        assertEquals(List.of("train_loss"), recorder.columns()); // fastai: mae too, without a value
        assertCells(row(0), "train_loss", 37.00019);
    }

    /** The row of an epoch with a cancel. A cell of a cancelled phase is missing; in fastai the other cells move to the left. */
    private EpochRow rowWith(Event at, double order, CancelException cancel) {
        line = new LinearModel();
        learner = given().lr(.01).build();
        learner.add(Throw.once(at, order, at == BEFORE_BATCH ? TRAINING : l -> true, cancel));
        learner.fit(1);
        return row(0);
    }

    @Test
    void h4_aCancelledValidationHasNoCells() {
        assertCells(rowWith(BEFORE_VALIDATE, 1, CancelValidException.INSTANCE), "train_loss", 37.00019);
    }

    @Test
    void h4_aCancelledTrainingHasNoCells() {
        assertCells(rowWith(BEFORE_BATCH, 1, CancelTrainException.INSTANCE), "valid_loss", 17);
    }

    @Test
    void h4_aCancelledEpochHasTheCellsOfItsCompletedPhases() {
        assertCells(rowWith(BEFORE_TRAIN, 1, CancelEpochException.INSTANCE));
    }

    @Test
    void h4_anEpochCancelledAtAfterTrain_beforeOrAfterTheRecorder() {
        assertCells(rowWith(AFTER_TRAIN, 1, CancelEpochException.INSTANCE));
        assertCells(rowWith(AFTER_TRAIN, 51, CancelEpochException.INSTANCE), "train_loss", 37.00019);
    }

    @Test
    void h4_anEpochCancelledAtAfterValidate_beforeOrAfterTheRecorder() {
        assertCells(rowWith(AFTER_VALIDATE, 1, CancelEpochException.INSTANCE), "train_loss", 37.00019);
        EpochRow whole = rowWith(AFTER_VALIDATE, 51, CancelEpochException.INSTANCE);
        assertCells(whole, "train_loss", 37.00019, "valid_loss", 8.16408);
    }

    @Test
    void h5_theSmoothLossContinuesAcrossEpochs() {
        build(given(Numbers.batches(3), Numbers.batches(1)));
        learner.fit(2, 0);
        assertClose(learner.recorder().smoothLosses(), 17, 41.2424, 76.5292, 61.1929, 61.9854, 76.5293);
    }

    @Test
    void h5_withBeta() {
        build(given(Numbers.batches(3), Numbers.batches(1)).recorder(smoothing(.9)));
        learner.fit(1, 0);
        assertClose(learner.recorder().smoothLosses(), 17, 42.2632, 80.1735);
        learner.fit(1, 0);
        assertClose(learner.recorder().smoothLosses()[0], 17); // a fit resets it
    }

    @Test
    void h6_aBatchCancelledBeforeItsLossDoesNotCount() {
        fit(1, new Recorder(), Throw.once(BEFORE_BATCH, CancelBatchException.INSTANCE));
        assertClose(recorder.smoothLosses(), 65); // fastai: a first loss of 0 as well
        assertClose(recorder.lrs(), .01);
        assertEquals(2, learner.trainIter());
    }

    @Test
    void h6_aBatchCancelledAfterItsLossCounts() {
        fit(1, new Recorder(), Throw.once(AFTER_LOSS, CancelBatchException.INSTANCE));
        assertClose(recorder.smoothLosses(), 17, 41.2424);
    }

    @Test
    void h7_aValidationWithoutACountedBatchHasNoCells() {
        fit(1, new Recorder(), Throw.once(BEFORE_BATCH, VALIDATING, CancelBatchException.INSTANCE));
        assertCells(row(0), "train_loss", 37.00019); // fastai: the prediction of training with other targets
    }

    @Test
    void h8_metricsWhenTheFirstBatchIsCancelled() {
        fit(1, new Recorder().withTrainMetrics(), Throw.once(BEFORE_BATCH, CancelBatchException.INSTANCE));
        assertEquals(8.0, row(0).cells().get("train_mae")); // fastai: fails
    }

    @Test
    void h9_aValidationDoesNotChangeTheHistory() {
        fit(2, new Recorder());
        List<EpochRow> rows = recorder.rows();
        EpochRow validated = learner.validate();
        assertCells(validated, "valid_loss", 3.96943, "mae", 1.942468);
        assertEquals(rows, recorder.rows()); // fastai: that row only
        assertEquals(4, recorder.smoothLosses().length);
        assertEquals(4, recorder.lrs().length);
        assertEquals(validated, recorder.last().orElseThrow());
        assertEquals(0, learner.epoch());
        assertEquals(0, learner.trainIter());
        assertEquals(2, learner.nEpoch());
    }

    @Test
    void h10_batchesAreWeightedByTheirSamples() {
        build(given(Numbers.batches(1), Numbers.of(2, 1)).metrics(mae()));
        learner.fit(1, 0);
        assertCells(row(0), "train_loss", 17, "valid_loss", (17.0 * 2 + 49) / 3, "mae", (3.0 + 5 + 7) / 3);
    }

    @Test
    void h11_aMetricFromASuppliedValue() {
        build(given().metrics(Metrics.value("ans", () -> 42)));
        learner.fit(1);
        assertEquals(42.0, row(0).cells().get("ans"));
    }

    @Test
    void h12_aLoaderThatClaimsTooManyBatchesDistortsPctTrainUntilTheNextEpoch() {
        List<Double> fractions = new ArrayList<>();
        build(given(Numbers.batches(2).claiming(10), Numbers.batches(1)));
        learner.add(Callbacks.on(AFTER_TRAIN, l -> fractions.add(l.pctTrain())));
        learner.fit(2);
        assertClose(fractions.stream().mapToDouble(d -> d).toArray(), .1, .6);
    }

    @Test
    void h13_anEmptyValidationHasNoCells() {
        build(given(Numbers.batches(2), Numbers.of()).metrics(mae()));
        learner.fit(1, .01);
        assertCells(row(0), "train_loss", 37.00019);
    }

    @Test
    void h14_aCancelledFitHasNoRowForItsEpoch() {
        fit(1, new Recorder(), Throw.once(BEFORE_BATCH, CancelFitException.INSTANCE));
        assertEquals(List.of(), recorder.rows());
    }

    @Test
    void n6_theTimeOfARow() {
        String[] expected = {"00:00", "00:59", "01:01", "1:00:00", "1:01:01"};
        long[] millis = {0, 59_900, 61_000, 3_600_000, 3_661_000};
        for (int i = 0; i < millis.length; i++) {
            assertEquals(expected[i], new EpochRow(0, Map.of(), Duration.ofMillis(millis[i])).clock());
        }
    }
}
