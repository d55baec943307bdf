package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.Precision;
import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.MixUp;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Event;
import dev.rondo.torch.GradScaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect of the scaler on gradients, losses and steps, and the precision of a learner. */
class PrecisionTest extends PrecisionFixture {
    @Test
    void p1_gradientsAreScaledAndTheReportedLossIsNot() {
        List<double[]> lines = new ArrayList<>();
        scaled(3, Callbacks.on(AFTER_STEP, l -> lines.add(line.values())));
        learner.fit(1);
        assertTrace("BF BE BT t t t AT BV v AV AE AF");
        assertClose(lines.get(0), .013, .008);
        assertClose(lines.get(1), .069619, .023893);
        assertClose(lines.get(2), .198109, .047079);
        assertEquals(List.of(16.0, 16.0, 32.0), scales);
        assertClose(losses.get(0), 17);
        assertClose(lossGrads.get(0), 272);
    }

    @Test
    void p2_anOverflowCancelsTheStepAndHalvesTheScale() {
        scaled(3, overflow(1));
        learner.fit(1);
        assertTrace("BF BE BT t BB AP AL BW AW BS CS AS AB t AT BV v AV AE AF");
        assertEquals(List.of(16.0, 8.0), scales);
        assertLine(.145119, .031841);
    }

    @Test
    void p3_accumulatedGradientsAreScaledTogether() {
        List<double[]> gradients = new ArrayList<>();
        scaled(4, new GradientAccumulation(4), Callbacks.on(AFTER_BATCH, l -> gradients.add(line.gradients())));
        List<double[]> lines = new ArrayList<>();
        learner.add("lines", Callbacks.on(AFTER_STEP, l -> lines.add(line.values())));
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL BW AW BS CB AB t]x2 AT BV v AV AE AF");
        assertClose(gradients.get(0), -104, -64);
        assertEquals(2, lines.size());
        assertClose(lines.get(0), .035, .012);
        assertClose(lines.get(1), .218799, .039521);
        assertEquals(List.of(16.0, 16.0), scales);
        assertEquals(32, precision.scale(), "two updates");
        assertClose(losses.get(0), 17);
        assertClose(losses.get(1), 65);
        assertClose(lossGrads.get(0), 272);
        assertClose(lossGrads.get(1), 1040);
    }

    @Test
    void p4_anOverflowDiscardsAccumulatedGradients() {
        scaled(4, new GradientAccumulation(4), overflow(1));
        learner.fit(1);
        assertTrace(
                "BF BE BT BB AP AL BW AW BS CB AB BB AP AL BW AW BS CS AS AB BB AP AL BW AW BS CB AB t AT BV v AV AE AF");
        assertLine(.187, .028);
    }

    @Test
    void p5_clippedGradientsAreUnscaled_andOverflowedOnesAreNotClipped() {
        List<double[]> before = new ArrayList<>(), clipped = new ArrayList<>();
        scaled(2, new GradientClip(5), overflow(0));
        learner.add("before", Callbacks.on(BEFORE_STEP, 10.5, l -> before.add(line.gradients())));
        learner.add("after", Callbacks.on(BEFORE_STEP, 12, l -> clipped.add(line.gradients())));
        learner.fit(1);
        assertEquals(1, before.size(), "of the second batch alone");
        assertClose(before.get(0), -57, -16);
        double norm = Math.hypot(57, 16);
        assertClose(clipped.get(0), -57 * 5 / norm, -16 * 5 / norm);
    }

    @Test
    void theScaleIsUpdatedAtEveryStep() {
        scaled(6, overflow(0, 1, 4));
        learner.fit(1);
        assertEquals(List.of(4.0, 4.0, 4.0), scales); // 16, 8, 4 and two good steps, 8 at the overflow, 4
        assertEquals(4, precision.scale());
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"AFTER_STEP", "AFTER_CANCEL_STEP"})
    void theScaleIsUpdatedIfAHandlerValidatesAfterTheStep(Event at) {
        scaled(1, overflow(0), Callbacks.on(at, l -> l.validate()));
        learner.fit(1);
        assertEquals(8, precision.scale());
    }

    /** Three batches of two and a step every four samples: the remaining gradients are carried over to the next fit. */
    private double[] accumulated(Consumer<Learner> between) {
        line.close();
        line = new ExactLine();
        build(given(Numbers.batches(3), Numbers.batches(1)).lr(.001)).add(new GradientAccumulation(4));
        between.accept(learner);
        learner.fit(1);
        learner.close();
        return line.values();
    }

    @Test
    void accumulatedGradientsAreKeptWhenThePrecisionChanges() {
        double[] plain = accumulated(l -> l.fit(1));
        assertArrayEquals(
                plain, accumulated(l -> l.precision(Precision.FP16).fit(1).precision(Precision.FP32)));
        assertArrayEquals(plain, accumulated(l -> l.fit(1).precision(Precision.FP16)));
        assertArrayEquals(
                plain, accumulated(l -> l.precision(Precision.FP16).fit(1).precision(Precision.FP16)));
        assertArrayEquals(plain, accumulated(l -> {
            l.precision(Precision.FP16).fit(1).lrFind();
            l.precision(Precision.FP32);
        }));
    }

    @Test
    void theScaleIsKeptForTheNextFit() {
        scaled(1);
        learner.fit(1);
        learner.fit(1);
        assertEquals(32, precision.scale());
    }

    @Test
    void i8_aBatchCancelledAfterItKeepsItsUnscaledGradients() {
        scaled(2, Throw.once(BEFORE_STEP, 20, l -> true, CancelBatchException.INSTANCE));
        learner.add("unscaled", Callbacks.on(AFTER_CANCEL_BATCH, l -> assertClose(line.gradients(), -13, -8)));
        learner.fit(1);
        assertLine(.0578125, .0165);
        assertEquals(16, precision.scale(), "one step");
    }

    @Test
    void i15_aCancelledBackwardLeavesNothingToUnscale() {
        scaled(1, Throw.once(BEFORE_BACKWARD, 0, l -> true, CancelBackwardException.INSTANCE));
        learner.fit(1);
        assertTrace("BF BE BT BB AP AL BW CW AW BS AS AB AT BV v AV AE AF");
        assertLine(0, 0);
        assertClose(lossGrads.get(0), 17);
        learner.fit(1);
        assertEquals(32, precision.scale(), "both steps counted");
    }

    @Test
    void aStepCancelledBeforeUnscalingDoesNotCount() {
        scaled(3, Throw.once(BEFORE_STEP, 0, l -> true, CancelStepException.INSTANCE));
        learner.fit(1);
        assertEquals(List.of(16.0, 16.0), scales);
        assertEquals(32, precision.scale());
    }

    @Test
    void aLearnerHasOnePrecisionAtATime() {
        learner();
        assertEquals(
                1,
                learner.precision(Precision.FP16).precision(Precision.BF16).callbacks().stream()
                        .filter(h -> h.callback() instanceof MixedPrecision)
                        .count());
        assertTrue(
                learner.precision(Precision.FP32).callback(MixedPrecision.class).isEmpty());
        learner.precision(Precision.FP32);
        learner.fit(1);
    }

    @Test
    void lrFindDoesNotChangeTheScale() {
        scaled(4, overflow(1, 2));
        learner.fit(1);
        assertEquals(4, precision.scale());
        learner.lrFind();
        assertEquals(4, precision.scale());
    }

    @Test
    void theScaleIsSavedAndRestored() {
        scaled(3, overflow(1));
        learner.fit(1);
        Map<String, Map<String, Object>> states = learner.callbackStates();
        assertEquals(8, precision.scale());
        MixedPrecision other = MixedPrecision.fp16();
        build(given().callback("MP", other));
        learner.fit(0, fit -> fit.resume(states));
        assertEquals(8, other.scale());
    }

    @Test
    void bfloat16HasNoScaleToSave() {
        Map<String, Map<String, Object>> states;
        build(given().callback("MP", MixedPrecision.bf16()));
        learner.fit(0, fit -> fit.resume(learner.callbackStates()));
        learner.close();
        build(given().callback("MP", precision));
        states = learner.callbackStates();
        learner.close();
        build(given().callback("MP", MixedPrecision.bf16()));
        Exception e = assertThrows(IllegalArgumentException.class, () -> learner.fit(0, fit -> fit.resume(states)));
        assertEquals(
                "Bfloat16 has no scale, but the state is of one: {scale=16.0, good_steps=0.0, gradients_are_scaled=false}.",
                e.getMessage());
    }

    /** A plan and tables give the same results. */
    @TrainingPlan({
        TrainEvalCallback.class,
        Recorder.class,
        GradientAccumulation.class,
        MixedPrecision.class,
        GradientClip.class,
        MixUp.class
    })
    interface Mixing {}

    @Test
    void inAPlan() {
        List<Object> callbacks = List.of(
                new GradientAccumulation(4),
                MixedPrecision.fp16(new GradScaler(16, 2, .5, 2)),
                new GradientClip(5),
                new MixUp());
        build(given(Numbers.batches(6), Numbers.batches(1)).callbacks(callbacks.toArray()));
        double[] tables = learner.fit(2).recorder().smoothLosses();
        learner.close();
        line.close();
        line = new ExactLine();
        build(given(Numbers.batches(6), Numbers.batches(1))
                .plan(new PrecisionTest_Mixing_Plan(
                        new TrainEvalCallback(),
                        new Recorder(),
                        new GradientAccumulation(4),
                        MixedPrecision.fp16(new GradScaler(16, 2, .5, 2)),
                        new GradientClip(5),
                        new MixUp())));
        learner.remove(traced);
        assertClose(learner.fit(2).recorder().smoothLosses(), tables);
    }

    @Test
    void batchesLeaveNoHandle() {
        List<Long> handles = new ArrayList<>();
        build(given(Numbers.batches(20), Numbers.batches(1)).lr(1e-4)).precision(Precision.FP16);
        learner.add(Callbacks.on(BEFORE_BATCH, -1e9, l -> handles.add(Pointer.totalCount())));
        learner.fit(2);
        assertNoMoreHandles(handles.subList(24, 40));
    }
}
