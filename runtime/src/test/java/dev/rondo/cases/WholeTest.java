package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.callback.CutMix;
import dev.rondo.callback.MixUp;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Flatten;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.GradScaler;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After any cancel or failure, at any event, around a callback with temporary changes, the learner is intact: its loss function is
 * restored, autocast is off, and it trains again.
 */
@ExtendWith(InScope.class)
class WholeTest {
    private static final Map<String, Supplier<Object>> CALLBACKS = Map.of(
            "MixUp", MixUp::new,
            "CutMix", CutMix::new,
            "fp16",
                    () -> MixedPrecision.fp16(
                            new GradScaler(16, 2, .5, 2000)), // so that no step is cancelled for an overflow
            "bf16", MixedPrecision::bf16);

    /** So small that no scaled gradient overflows: only a test cancels steps. */
    private final Tensor x = torch.rand(4, 1, 4, 4).div(new Scalar(10.0));

    private final Tensor y = Tensors.longs(0, 1, 2, 1);

    @ParameterizedTest
    @EnumSource(value = Event.class, names = "AFTER_CREATE", mode = EnumSource.Mode.EXCLUDE)
    void aroundEachEvent(Event at) {
        for (Phase phase : at.phases()) {
            for (double order : new double[] {-100, 100}) {
                for (Scope scope : at.cancels()) {
                    if (at.insideBatch() && scope == (phase == Phase.TRAIN ? Scope.VALIDATE : Scope.TRAIN)) continue;
                    disturbed(
                            () -> Throw.once(at, order, in(at, phase), CancelException.of(scope)),
                            learner -> learner.fit(2));
                }
                disturbed(() -> failure(at, order, phase), learner -> {
                    if (at.name().startsWith("AFTER_CANCEL")) return; // no scope is cancelled
                    assertThrows(CallbackException.class, () -> learner.fit(2));
                });
            }
        }
    }

    /** The mode of the learner alone does not distinguish the sequences of events around batches. */
    private static Predicate<Learner> in(Event at, Phase phase) {
        return learner -> !at.insideBatch() || learner.training() == (phase == Phase.TRAIN);
    }

    private static Object failure(Event at, double order, Phase phase) {
        boolean[] thrown = new boolean[1];
        return Callbacks.on(at, order, learner -> {
            if (thrown[0] || !in(at, phase).test(learner)) return;
            thrown[0] = true;
            throw new ArithmeticException();
        });
    }

    private void disturbed(Supplier<Object> by, Consumer<Learner> run) {
        CALLBACKS.forEach((name, callback) -> {
            try (Layer model = new Sequential(new Flatten(), new Linear(16, 3));
                    Learner learner = learner(model, callback.get())) {
                learner.add(by.get());
                assertWhole(learner, name, () -> run.accept(learner));
            }
        });
    }

    private Learner learner(Layer model, Object callback) {
        DataLoader loader = TensorLoader.of(x, y).batchSize(2).prefetch(0).build();
        return Learner.builder(new DataLoaders(loader, loader), model, Losses.crossEntropy())
                .progress(false)
                .callbacks(callback)
                .build();
    }

    private static void assertWhole(Learner learner, String name, Runnable disturbed) {
        Loss loss = learner.lossFunction();
        disturbed.run();
        assertSame(loss, learner.lossFunction(), name);
        assertFalse(Autocast.isOn(Devices.cpu()), name);
        learner.fit(1);
        EpochRow row = learner.recorder().last().orElseThrow();
        assertEquals(
                List.of("train_loss", "valid_loss"), List.copyOf(row.cells().keySet()), name);
        assertTrue(Double.isFinite(row.cells().get("valid_loss")), name);
    }
}
