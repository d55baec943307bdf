package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.Precision;
import dev.rondo.UncaughtCancelException;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.LrRange;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.GradScaler;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Scales are powers of two, so scaling and unscaling does not change gradients. A model whose operators stay in float32 has the same
 * results with and without a scale, however its batches end and whatever runs are nested in them.
 */
class EitherPrecisionTest extends Fixture {
    /** Excludes events after the gradients were unscaled: a batch that is cancelled there keeps unscaled gradients, as in fastai. */
    private static final List<Event> TROUBLED = List.of(
            BEFORE_EPOCH,
            BEFORE_TRAIN,
            BEFORE_BATCH,
            AFTER_PRED,
            AFTER_LOSS,
            BEFORE_BACKWARD,
            AFTER_BACKWARD,
            BEFORE_STEP,
            AFTER_BATCH,
            AFTER_TRAIN,
            BEFORE_VALIDATE,
            AFTER_VALIDATE,
            AFTER_EPOCH);

    @Test
    void randomFitsHaveTheSameResults() {
        for (int seed = 0; seed < 200; seed++) {
            try (PointerScope memory = new PointerScope()) {
                assertEquals(fits(seed, false), fits(seed, true), "seed " + seed);
            }
        }
    }

    private String fits(long seed, boolean scaled) {
        Random random = new Random(seed);
        line = new LinearModel() {
            @Override
            public Tensor forward(Tensor... inputs) {
                return inputs[0].mul(a).add(b);
            }
        };
        learner = given(Numbers.batches(1 + random.nextInt(5)), Numbers.batches(1))
                .lr(.001)
                .optimizer(random.nextBoolean() ? Optimizers.adam() : Optimizers.sgd(.9, .1))
                .build();
        if (random.nextBoolean()) {
            GradientAccumulation accumulation = new GradientAccumulation(1 + random.nextInt(10));
            learner.add(random.nextBoolean() ? accumulation.withFlush() : accumulation);
        }
        if (random.nextBoolean()) learner.add(new GradientClip(1 + random.nextInt(20)));
        for (int i = 0; i < 3; i++) learner.add("trouble" + i, trouble(random));
        StringBuilder come = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int power = random.nextInt(24);
            learner.precision(Precision.FP32);
            if (scaled && power < 12) learner.add(MixedPrecision.fp16(new GradScaler(Math.pow(2, power), 2, .5, 3)));
            try {
                learner.fit(1 + random.nextInt(2));
            } catch (CallbackException | UncaughtCancelException e) {
                come.append(e.getMessage());
            }
            assertFalse(Autocast.isOn(Devices.cpu()));
            come.append(Arrays.toString(line.values()));
        }
        learner.close();
        line.close();
        return come.toString();
    }

    /** Cancels a scope, fails, or starts a run, once. */
    private static CallbackTable<Learner> trouble(Random random) {
        Event at = TROUBLED.get(random.nextInt(TROUBLED.size()));
        List<Scope> cancels = List.copyOf(at.cancels());
        int when = random.nextInt(6), what = random.nextInt(4 + cancels.size());
        int[] calls = new int[1];
        return Callbacks.on(at, -1, l -> {
            if (l.runDepth() > 1 || calls[0]++ != when) return;
            switch (what) {
                case 0 -> l.validate();
                case 1 -> l.lrFind(new LrRange(1e-5, 1e-2).withBatches(6));
                case 2 -> l.fit(1, 1e-4);
                case 3 -> throw new ArithmeticException();
                default -> throw CancelException.of(cancels.get(what - 4));
            }
        });
    }
}
