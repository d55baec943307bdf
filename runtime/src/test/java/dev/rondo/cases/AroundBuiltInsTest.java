package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.ParamScheduler;
import dev.rondo.UncaughtCancelException;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.SaveModel;
import dev.rondo.callback.ShortEpoch;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.callback.TimeBudget;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.optim.Hyper;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.Schedules;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.GradScaler;
import dev.rondo.torch.NoGrad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cancels and errors at every event, before and after each built-in callback. Afterwards the learner is intact, and its next fit equals
 * that of a new learner.
 */
class AroundBuiltInsTest extends Fixture {
    @TempDir
    Path folder;

    private void around(Supplier<Object> builtIn) {
        around(builtIn, learner -> learner.fit(2, FitOptions::resetOptimizer));
    }

    private void around(Supplier<Object> builtIn, Consumer<Learner> fit) {
        String expected = undisturbed(builtIn, fit);
        for (Event at : Event.values()) {
            for (double order : new double[] {-100, 100}) {
                for (CallbackTable<Learner> disturbance : disturbances(at, order)) {
                    try (PointerScope memory = new PointerScope()) {
                        assertEquals(expected, disturbed(builtIn, fit, disturbance), () -> at + " " + order);
                    }
                }
            }
        }
    }

    private static List<CallbackTable<Learner>> disturbances(Event at, double order) {
        List<CallbackTable<Learner>> all = new ArrayList<>();
        for (Scope scope : at.cancels()) all.add(Throw.once(at, order, l -> true, CancelException.of(scope)));
        if (order > 0 && !all.isEmpty()) all.subList(1, all.size()).clear(); // one cancel is enough
        all.add(Callbacks.on(at, order, l -> {
            throw new IllegalStateException("boom");
        }));
        return all;
    }

    private void given(Supplier<Object> builtIn) {
        line = new LinearModel();
        learner = given(Numbers.batches(3), Numbers.batches(1)).lr(.01).build();
        if (builtIn != null) learner.add("built_in", builtIn.get());
    }

    private String undisturbed(Supplier<Object> builtIn, Consumer<Learner> fit) {
        given(builtIn);
        return result(fit);
    }

    private String disturbed(Supplier<Object> builtIn, Consumer<Learner> fit, CallbackTable<Learner> disturbance) {
        given(builtIn);
        CallbackHandle handle = learner.add("R", disturbance);
        try {
            fit.accept(learner);
        } catch (CallbackException | UncaughtCancelException expected) {
            // what remains after the failure is checked below
        }
        learner.remove(handle);
        asNew(line.a);
        asNew(line.b);
        return result(fit);
    }

    private static void asNew(Tensor parameter) {
        try (NoGrad off = NoGrad.enter()) {
            parameter.zero_();
            parameter.mutable_grad().reset();
        }
    }

    /** The results of a fit, and the callbacks that are registered after it. */
    private String result(Consumer<Learner> fit) {
        fit.accept(learner);
        String result = String.join(
                "\n",
                Arrays.toString(line.values()),
                Arrays.toString(learner.recorder().lrs()),
                Arrays.toString(learner.recorder().smoothLosses()),
                learner.recorder().rows().stream()
                                .map(r -> r.epoch() + " " + r.cells())
                                .toList() + "",
                learner.callbacks().stream().map(h -> h.name() + h.run()).toList() + "",
                learner.epoch() + " " + learner.nEpoch() + " " + learner.trainIter() + " " + learner.logging());
        learner.close();
        learner = null;
        line.close();
        return result;
    }

    @Test
    void gradientAccumulation() {
        around(() -> new GradientAccumulation(4));
        around(() -> new GradientAccumulation(4).withFlush());
    }

    @Test
    void gradientClip() {
        around(() -> new GradientClip(1));
    }

    @Test
    void shortEpoch() {
        around(() -> new ShortEpoch(.5));
    }

    @Test
    void terminateOnNaN() {
        around(TerminateOnNaN::new);
    }

    @Test
    void earlyStopping() {
        around(EarlyStopping::new);
    }

    @Test
    void reduceLROnPlateau() {
        around(ReduceLROnPlateau::new);
    }

    @Test
    void saveModel() {
        around(() -> new SaveModel(folder.resolve("best.safetensors")));
        assertTrue(folder.toFile().list().length > 0);
    }

    @Test
    void timeBudget() {
        around(() -> new TimeBudget(Duration.ofHours(1)));
    }

    @Test
    void paramScheduler() {
        around(() -> new ParamScheduler(Hyper.LR, Schedules.linear(.01, .02)));
    }

    @Test
    void mixedPrecision() {
        around(MixedPrecision::bf16);
        around(() -> MixedPrecision.fp16(new GradScaler(16, 2, .5, 2000)));
        assertFalse(Autocast.isOn(Devices.cpu()));
    }

    @Test
    void mixUp() {
        around(MixUpTest.GivenMixUp::new);
    }

    @Test
    void fitsWithASchedule() {
        around(null, learner -> learner.fitOneCycle(2, FitOptions::resetOptimizer));
        around(null, learner -> learner.fineTune(1, new FineTuning().withBaseLr(1e-2), fit -> {}));
    }

    @Test
    void aSearchForALearningRate() {
        around(null, learner -> {
            learner.lrFind();
            learner.fit(1, FitOptions::resetOptimizer);
        });
    }
}
