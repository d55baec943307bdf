package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.Precision;
import dev.rondo.Predictions;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where autocast is on in a fit, however its batches end and whatever runs are nested in them. */
class AutocastInFitsTest extends PrecisionFixture {
    @Test
    void i7_autocastIsOffAfterEveryKindOfExit() {
        for (Event at : List.of(BEFORE_BATCH, AFTER_PRED, AFTER_LOSS)) {
            precisionOf(Throw.once(at, 20, l -> true, CancelFitException.INSTANCE))
                    .fit(1);
            autocastIsOff();
            precisionOf(Throw.once(at, 20, l -> true, CancelBatchException.INSTANCE))
                    .fit(1);
            autocastIsOff();
            Learner failing = precisionOf(Throw.failure(at, new ArithmeticException()));
            assertThrows(CallbackException.class, () -> failing.fit(1));
            autocastIsOff();
        }
    }

    private Learner precisionOf(Object callback) {
        if (learner != null) learner.close();
        build(given().callback("MP", MixedPrecision.bf16()));
        learner.add("R", callback);
        return learner;
    }

    /** Other autocast scopes around it, or two MixedPrecision callbacks, are not closed in the reverse order of opening. */
    @Test
    void i7_autocastIsOffAfterOverlappingScopes() {
        build(given().callback("MP", precision).callback("again", MixedPrecision.bf16()));
        List<Boolean> on = new ArrayList<>();
        for (double order : new double[] {5, 20}) {
            learner.add(
                    "own" + order,
                    Callbacks.on(
                            BEFORE_BATCH,
                            order,
                            l -> l.until(Scope.BATCH, Autocast.enter(Devices.cpu(), ScalarType.BFloat16))));
        }
        learner.add("on", Callbacks.on(BEFORE_BACKWARD, l -> on.add(Autocast.isOn(Devices.cpu()))));
        learner.add("off", Callbacks.on(BEFORE_EPOCH, l -> on.add(Autocast.isOn(Devices.cpu()))));
        learner.fit(2);
        assertEquals(List.of(false, false, false, false, false, false), on);
    }

    /** Casts of weights are cached, and those of a validation have no gradients. */
    @Test
    void aFailedValidationInABatchLeavesNoCachedCasts() {
        line.close();
        line = new LinearModel(); // a model whose weights are cast
        build(given().lr(.01)).precision(Precision.BF16);
        learner.add("fails", Throw.failure(AFTER_PRED, new ArithmeticException()))
                .run(false);
        learner.add("validates", Callbacks.on(BEFORE_BATCH, 20, l -> {
            if (!l.training()) return;
            failing(l).run(true);
            assertThrows(CallbackException.class, l::validate);
            failing(l).run(false);
        }));
        learner.fit(1);
        assertEquals(.6619, line.values()[0], .01);
    }

    private static CallbackHandle failing(Learner l) {
        return l.callbacks().stream()
                .filter(h -> h.name().equals("fails"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void i7_itIsOffAfterACancelledBatch() {
        List<Boolean> on = new ArrayList<>();
        precisionOf(Throw.once(AFTER_PRED, CancelBatchException.INSTANCE));
        for (Event at : List.of(AFTER_PRED, BEFORE_BACKWARD, AFTER_BATCH)) {
            learner.add("at_" + at, Callbacks.on(at, l -> on.add(Autocast.isOn(Devices.cpu()))));
        }
        learner.fit(1);
        assertEquals(List.of(true, false, true, false, false, true, false), on); // cancelled, trained, validated
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Half", "BFloat16"})
    void theModelComputesIn16BitsAndItsOutputIsFloat32(ScalarType type) {
        line.close();
        line = new LinearModel() {
            @Override
            public Tensor forward(Tensor... inputs) {
                Tensor y = super.forward(inputs);
                assertEquals(type, y.scalar_type().intern());
                return y;
            }
        };
        build(given().metrics(mae()).callbacks(type == ScalarType.Half ? precision : MixedPrecision.bf16()));
        learner.add(Callbacks.on(
                AFTER_PRED,
                20,
                l -> assertEquals(ScalarType.Float, l.pred().scalar_type().intern())));
        learner.fit(1, .01);
        assertEquals(.6619, line.values()[0], .01);
        learner.validate();
        try (Predictions p = learner.getPreds(Numbers.batches(2), o -> o.withLosses())) {
            assertEquals(4, p.losses().orElseThrow().numel());
            assertEquals(ScalarType.Float, p.preds().orElseThrow().scalar_type().intern());
        }
    }

    @Test
    void backwardRunsOutsideAutocast() {
        scaled(1, Callbacks.on(BEFORE_BACKWARD, -5, l -> assertFalse(Autocast.isOn(Devices.cpu()))));
        learner.fit(1);
    }

    @Test
    void aValidationInABatchDoesNotTurnAutocastOff() {
        List<Boolean> on = new ArrayList<>();
        boolean[] inside = new boolean[1];
        scaled(2, Callbacks.on(AFTER_PRED, l -> {
            if (inside[0] || !l.training()) return;
            inside[0] = true;
            l.validate();
            on.add(Autocast.isOn(Devices.cpu()));
            inside[0] = false;
        }));
        learner.add("off", Callbacks.on(BEFORE_BACKWARD, l -> on.add(Autocast.isOn(Devices.cpu()))));
        learner.fit(1);
        assertEquals(List.of(true, false, true, false), on);
    }

    /** A batch of the nested fit uses the weights of the step before it, although the outer batch keeps its cached casts. */
    @Test
    void aFitNestedInABatchTrains() {
        line.close();
        line = new LinearModel(); // a model whose weights are cast
        boolean[] inside = new boolean[1];
        build(given(Numbers.batches(3), Numbers.batches(1)).lr(.01)).precision(Precision.BF16);
        List<Double> predictions = new ArrayList<>();
        learner.add(Callbacks.on(AFTER_PRED, 20, l -> {
            if (inside[0] && l.training())
                predictions.add((double) l.pred().select(0, 0).item_float());
            if (inside[0] || !l.training()) return;
            inside[0] = true;
            l.fit(1);
            throw CancelFitException.INSTANCE;
        }));
        learner.fit(1);
        assertEquals(0, predictions.get(0));
        assertEquals(.47, predictions.get(1), .01);
        assertTrue(predictions.get(2) > 2);
    }
}
