package dev.rondo.cases;

import static dev.rondo.cases.Throw.VALIDATING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.UncaughtCancelException;
import dev.rondo.callback.FetchPreds;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Event;
import dev.rondo.optim.Optimizers;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.GradScaler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group I, 1 to 6, 11 and 12, and G14: GradientAccumulation, GradientClip, ShortEpoch and TerminateOnNaN. */
class TrainingHelpersTest extends Fixture {
    private final List<double[]> lines = new ArrayList<>();
    private final List<double[]> gradients = new ArrayList<>();
    private final List<Double> seen = new ArrayList<>();

    private void given(int train, int valid, double lr, Object... callbacks) {
        build(given(Numbers.batches(train), Numbers.batches(valid)).lr(lr));
        for (Object c : callbacks) learner.add(c);
    }

    /** Records a number at the end of each training batch, after the other callbacks. */
    private void noting(ToDoubleFunction<Learner> number) {
        learner.add("notes", Callbacks.on(AFTER_BATCH, 70, l -> {
            if (!l.training()) return;
            seen.add(number.applyAsDouble(l));
            lines.add(line.values());
            gradients.add(line.gradients());
        }));
    }

    private double[] noted() {
        return seen.stream().mapToDouble(d -> d).toArray();
    }

    private static CallbackTable<Learner> loss(Event at, Predicate<Learner> when, double loss) {
        return Callbacks.on(at, 1, l -> {
            if (when.test(l)) l.setLoss(torch.full(new long[0], new Scalar(loss)));
        });
    }

    @Test
    void g14_clipsTheNormOfTheGradients() {
        given(1, 1, .01, new GradientClip(1));
        learner.add(Callbacks.on(AFTER_STEP, l -> gradients.add(line.gradients())));
        learner.fit(1);
        assertClose(gradients.get(0), -.851658, -.524097);
        assertLine(.00851658, .00524097);
    }

    @Test
    void g14_theNormIsThatOfAllGroupsTogether() {
        line = new LinearModel.InTwoGroups();
        given(1, 1, .01, new GradientClip(1));
        learner.fit(1);
        assertLine(.00851658, .00524097);
    }

    @Test
    void g14_otherNormsAndClippingByValue() {
        assertClose(clipped(new GradientClip(1e6)), -13, -8);
        assertClose(clipped(new GradientClip(1, 1)), -13.0 / 21, -8.0 / 21);
        assertClose(clipped(new GradientClip(1, Double.POSITIVE_INFINITY)), -1, -8.0 / 13);
        assertClose(clipped(GradientClip.byValue(10)), -10, -8);
    }

    private double[] clipped(GradientClip clip) {
        line = new LinearModel();
        gradients.clear();
        given(1, 1, .01, clip);
        learner.add(Callbacks.on(AFTER_STEP, l -> gradients.add(line.gradients())));
        learner.fit(1);
        return gradients.get(0);
    }

    @Test
    void g14_missingGradientsAreIgnored() {
        line = new LinearModel.InTwoGroups();
        given(1, 1, .01, new GradientClip(1));
        learner.freezeTo(1);
        learner.fit(1);
        assertLine(0, .01); // the frozen one has no gradient, and does not count
    }

    @Test
    void withoutGradientsNothingIsClipped() {
        for (Object helper : List.of(
                new GradientClip(1),
                GradientClip.byValue(1),
                new GradientAccumulation(4).withFlush(),
                new GradientAccumulation(2))) {
            line = new LinearModel();
            given(1, 1, .01, helper, Throw.once(BEFORE_BACKWARD, CancelBackwardException.INSTANCE));
            learner.fit(1);
            assertLine(0, 0);
        }
    }

    @Test
    void scaledGradientsAreNotClipped() {
        given(1, 1, .01, new GradientClip(1));
        learner.add(MixedPrecision.fp16(new GradScaler(16, 2, .5, 100)));
        learner.add(Callbacks.on(AFTER_STEP, l -> gradients.add(line.gradients())));
        learner.fit(1);
        assertEquals(1, Math.hypot(gradients.get(0)[0], gradients.get(0)[1]), 1e-3);
        learner.handle(learner.callback(GradientClip.class).orElseThrow()).order(9);
        String message = assertThrows(CallbackException.class, () -> learner.fit(1))
                .getCause()
                .getMessage();
        assertTrue(message.startsWith("The gradients are still scaled where GradientClip would clip them"), message);
    }

    @Test
    void i1_stepsEveryFourSamples() {
        given(4, 1, .001, new GradientAccumulation(4));
        noting(l -> l.lossGrad().item_double());
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL BW AW BS CB AB t]x2 AT BV v AV AE AF");
        assertClose(lines.get(1), .035, .012);
        assertClose(lines.get(3), .218799, .039521);
        assertClose(gradients.get(0), -6.5, -4);
        assertClose(noted()[0], 17);
        assertClose(noted()[1], 65);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void i1_stepsEqualThoseOfALargeBatch(int batches) {
        given(2 * batches, 1, .001, new GradientAccumulation(2 * batches));
        learner.fit(2);
        double[] accumulated = line.values();
        line = new LinearModel();
        build(given(Numbers.of(2 * batches, 2 * batches), Numbers.batches(1)).lr(.001));
        learner.fit(2);
        assertLine(accumulated[0], accumulated[1]);
    }

    @Test
    void i2_samplesBeyondTheNumberAreNotCarriedOver() {
        given(4, 1, .001, new GradientAccumulation(3));
        noting(Learner::lr);
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL BW AW BS CB AB t]x2 AT BV v AV AE AF");
        assertClose(lines.get(1), .0466667, .016);
    }

    @Test
    void i3_remainingGradientsAreCarriedOverToTheNextEpoch() {
        given(3, 1, .001, new GradientAccumulation(8));
        noting(Learner::lr);
        learner.fit(2);
        assertClose(lines.get(2), 0, 0);
        assertClose(lines.get(3), .054, .014);
        assertClose(gradients.get(5), -46.276, -9.743);
        assertLine(.054, .014);
    }

    @Test
    void i4_theNextFitCountsFromZero_withTheRemainingGradients() {
        i3_remainingGradientsAreCarriedOverToTheNextEpoch();
        learner.add("stop", Throw.once(AFTER_BACKWARD, CancelFitException.INSTANCE));
        learner.fit(1);
        assertClose(line.gradients(), -49.448, -11.6955);
    }

    @Test
    void i5_aCancelledStepDropsTheAccumulatedGradients() {
        given(4, 1, .001, new GradientAccumulation(4));
        learner.add(Throw.once(BEFORE_STEP, 0, l -> l.iter() == 1, CancelStepException.INSTANCE));
        noting(l -> l.lossGrad().item_double());
        learner.fit(1);
        assertClose(noted()[1], 32.5);
        assertClose(lines.get(1), 0, 0);
        assertClose(lines.get(2), .0665, .012);
    }

    @Test
    void i6_aBatchLargerThanTheNumberIsScaledUp() {
        given(2, 1, .001, new GradientAccumulation(1));
        noting(Learner::lr);
        learner.fit(1);
        assertClose(lines.get(0), .026, .016);
        assertClose(lines.get(1), .138476, .047572);
    }

    @Test
    void aFlushStepsWithTheMeanOfTheRemainingGradients() {
        given(3, 1, .001, new GradientAccumulation(4).withFlush());
        learner.fit(2);
        assertTrace("BF [BE BT BB AP AL BW AW BS CB AB t t AT BV v AV AE]x2 AF");
        double[] flushed = line.values();
        line = new LinearModel();
        build(given(Numbers.of(4, 2), Numbers.batches(1)).lr(.001));
        learner.fit(2);
        assertLine(flushed[0], flushed[1]);
    }

    /** Each sample has the same weight, whatever the size of its batch. */
    @Test
    void batchesCountWithTheNumberOfTheirSamples() {
        build(given(Numbers.of(2, 1, 3, 1), Numbers.batches(1)).lr(.001));
        learner.add(new GradientAccumulation(6).withFlush());
        learner.fit(2);
        double[] accumulated = line.values();
        line = new LinearModel();
        build(given(Numbers.of(6, 1), Numbers.batches(1)).lr(.001));
        learner.fit(2);
        assertLine(accumulated[0], accumulated[1]);
    }

    @Test
    void aValidationBetweenBatchesDoesNotChangeTheCount() {
        given(4, 1, .001, new GradientAccumulation(4));
        learner.add("R", Callbacks.on(AFTER_BATCH, l -> {
            if (l.training()) l.validate();
        }));
        learner.fit(1);
        assertLine(.218799, .039521);
    }

    @Test
    void accumulatedBatchesAreClippedTogether() {
        given(2, 1, .01, new GradientAccumulation(4), new GradientClip(1));
        learner.add(Callbacks.on(AFTER_STEP, l -> gradients.add(line.gradients())));
        learner.fit(1);
        assertEquals(1, gradients.size());
        assertClose(Math.hypot(gradients.get(0)[0], gradients.get(0)[1]), 1);
        assertClose(gradients.get(0)[0] / gradients.get(0)[1], 35.0 / 12);
    }

    @Test
    void i11_shortensTrainingAndValidation() {
        given(4, 2, .01, new ShortEpoch(.5));
        learner.fit(1);
        assertTrace("BF BE BT t t t CT AT BV v v CV AV AE AF");
        assertCells(learner.recorder().rows().get(0)); // fastai: the time stands under train_loss
        assertEquals(2, learner.recorder().smoothLosses().length); // cancelled before the recorder counts it
        learner.validate();
        assertTrace("BF BE BV v v CV AV AE AF");
    }

    @Test
    void i11_runsAtLeastOneBatch_andTrainingOnlyKeepsValidations() {
        given(4, 2, .01, new ShortEpoch(0).trainingOnly());
        learner.fit(1);
        assertTrace("BF BE BT t CT AT BV v v AV AE AF");
    }

    @Test
    void i11_theDefaultFractionIsAHundredth() {
        given(10, 10, .0001, new ShortEpoch());
        learner.fit(1);
        assertTrace("BF BE BT t t CT AT BV v v CV AV AE AF");
    }

    @Test
    void i12_nanInTraining() {
        given(3, 1, .01, new TerminateOnNaN(), loss(AFTER_LOSS, l -> l.training() && l.iter() == 1, Double.NaN));
        learner.fit(2);
        assertTrace("BF BE BT t BB AP AL BW AW BS AS CF AF");
        assertClose(learner.recorder().smoothLosses(), 17);
        assertEquals(2, learner.trainIter());
    }

    @Test
    void nanInAFitInWhichItWasSwitchedOnLater() {
        TerminateOnNaN terminate = new TerminateOnNaN();
        given(1, 1, .01, terminate, loss(AFTER_LOSS, l -> l.training() && l.epoch() == 1, Double.NaN));
        learner.handle(terminate).run(false);
        learner.add(Callbacks.on(BEFORE_EPOCH, l -> l.handle(terminate).run(true)));
        learner.fit(3);
        assertEquals(2, learner.epochsBegun());
    }

    @Test
    void i12_deferred_trainsAFewBatchesAfterANan() {
        Object deferred = TerminateOnNaN.deferred(3);
        given(5, 1, .0001, deferred, loss(AFTER_LOSS, l -> l.training() && l.iter() == 1, Double.NaN));
        learner.fit(1);
        assertTrace("BF BE BT t t BB AP AL BW AW BS AS CF AF");
        learner.remove(learner.handle(deferred));
        learner.add(TerminateOnNaN.deferred(100));
        learner.fit(1);
        assertTrace("BF BE BT t t t t t AT BV v AV AE AF");
    }

    @Test
    void i12_infinityInValidation() {
        given(1, 1, .01, new TerminateOnNaN(), loss(AFTER_LOSS, VALIDATING, Double.NEGATIVE_INFINITY));
        learner.fit(2);
        assertTrace("BF BE BT t AT BV BB AP AL CF AF");
    }

    @Test
    void i12_validateIsNotEnded() {
        given(1, 1, .01, new TerminateOnNaN(), loss(AFTER_LOSS, VALIDATING, Double.NaN));
        UncaughtCancelException e = assertThrows(UncaughtCancelException.class, () -> learner.validate());
        assertEquals("terminate_on_na_n", e.callback());
    }

    @Test
    void i12_deferredLossesAreKeptDuringANestedRun() {
        given(
                3,
                1,
                .001,
                TerminateOnNaN.deferred(3),
                loss(AFTER_LOSS, l -> l.runDepth() == 1 && l.iter() == 0, Double.NaN));
        learner.add(Callbacks.on(AFTER_BATCH, l -> {
            if (l.runDepth() == 1) l.validate(Numbers.of());
        }));
        learner.fit(1);
        assertEquals(0, learner.recorder().rows().size());
        assertEquals(3, learner.trainIter());
    }

    /** A nested run has no loss before its first batch. */
    @Test
    void i12_withoutALossNothingIsChecked() {
        try (FetchPreds fetch = new FetchPreds(Numbers.batches(1).withoutTargets(), o -> {})) {
            given(1, 1, .01, new TerminateOnNaN(), fetch);
            learner.fit(1);
            assertTrace("BF BE BT t AT BV v AV BV BB AP AL AB AV AE AF");
        }
    }

    @Test
    void batchesWithoutTargetsAreIgnored() {
        build(given(Numbers.batches(2).withoutTargets(), Numbers.batches(2).withoutTargets()));
        for (Object c : List.of(new GradientAccumulation(), new GradientClip(), new TerminateOnNaN())) learner.add(c);
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL AB]x2 AT BV [BB AP AL AB]x2 AV AE AF");
    }

    @Test
    void accumulationWorksWithAnyOptimizer() {
        build(given(Numbers.batches(4), Numbers.batches(1))
                .optimizer(Optimizers.adam())
                .lr(.1));
        learner.add(new GradientAccumulation(4));
        learner.fit(3);
        double[] accumulated = line.values();
        line = new LinearModel();
        build(given(Numbers.of(4, 4), Numbers.batches(1))
                .optimizer(Optimizers.adam())
                .lr(.1));
        learner.fit(3);
        assertLine(accumulated[0], accumulated[1]);
    }
}
