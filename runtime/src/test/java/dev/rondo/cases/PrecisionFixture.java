package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.GradScaler;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Mixed precision with a scale that starts at 16, doubles after two good steps and halves after an overflow. */
abstract class PrecisionFixture extends Fixture {
    final MixedPrecision precision = MixedPrecision.fp16(new GradScaler(16, 2, .5, 2));
    final List<Double> scales = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Double> lossGrads = new ArrayList<>();

    /** A linear model that autocast leaves in float32. */
    static final class ExactLine extends LinearModel {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].mul(a).add(b);
        }
    }

    @BeforeEach
    void exactly() {
        line.close();
        line = new ExactLine();
    }

    @AfterEach
    void autocastIsOff() {
        assertFalse(Autocast.isOn(Devices.cpu()));
    }

    /** A learner with this number of training batches, and these callbacks after MixedPrecision. */
    void scaled(int batches, Object... callbacks) {
        build(given(Numbers.batches(batches), Numbers.batches(1)).lr(.001).callback("MP", precision));
        learner.add("scales", Callbacks.on(BEFORE_STEP, 30, l -> scales.add(precision.scale())));
        learner.add("losses", Callbacks.on(AFTER_BATCH, l -> {
            if (!l.training()) return;
            losses.add((double) l.loss().item_float());
            lossGrads.add((double) l.lossGrad().item_float());
        }));
        for (int i = 0; i < callbacks.length; i++) learner.add("R" + i, callbacks[i]);
    }

    /** Makes the gradients of these batches infinite. */
    CallbackTable<Learner> overflow(Integer... batches) {
        return Callbacks.on(AFTER_BACKWARD, l -> {
            if (!Set.of(batches).contains(l.trainIter())) return;
            try (NoGrad off = NoGrad.enter()) {
                line.a.mutable_grad().fill_(new Scalar(Double.POSITIVE_INFINITY));
            }
        });
    }
}
