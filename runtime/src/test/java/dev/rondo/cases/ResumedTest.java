package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.AFTER_LOSS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Callbacks;
import dev.rondo.ParamScheduler;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientNormMonitor;
import dev.rondo.callback.LearningRateMonitor;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.SWA;
import dev.rondo.callback.SaveModel;
import dev.rondo.callback.TimeBudget;
import dev.rondo.callback.WeightEMA;
import dev.rondo.event.CancelFitException;
import dev.rondo.nn.Linear;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.Schedules;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fit that stops at the end of an epoch and resumes in another learner with the saved states has the same results as one without a stop.
 */
class ResumedTest extends Fixture {
    @TempDir
    static Path folder;

    /** The callbacks with state. */
    enum Saved {
        ACTIVATION_STATS,
        EARLY_STOPPING,
        GRADIENT_ACCUMULATION,
        GRADIENT_NORM_MONITOR,
        LEARNING_RATE_MONITOR,
        PARAM_SCHEDULER,
        REDUCE_LR_ON_PLATEAU,
        REDUCED_LR,
        SAVE_MODEL,
        SWA,
        TIME_BUDGET,
        WEIGHT_EMA;

        Object callback(long[] clock) {
            return switch (this) {
                case ACTIVATION_STATS -> new ActivationStats();
                case EARLY_STOPPING -> new EarlyStopping(Monitor.VALID_LOSS, 3);
                case GRADIENT_ACCUMULATION -> new GradientAccumulation(4);
                case GRADIENT_NORM_MONITOR -> new GradientNormMonitor();
                case LEARNING_RATE_MONITOR -> new LearningRateMonitor();
                case PARAM_SCHEDULER -> new ParamScheduler(Hyper.LR, Schedules.linear(.01, .001));
                case REDUCE_LR_ON_PLATEAU -> new ReduceLROnPlateau(Monitor.VALID_LOSS, 2);
                case REDUCED_LR -> new ReduceLROnPlateau(); // reduced before and after the stop
                case SAVE_MODEL -> new SaveModel(folder.resolve("best.safetensors"));
                case SWA -> new SWA(0);
                case TIME_BUDGET -> new TimeBudget(Duration.ofNanos(14), () -> clock[0]);
                case WEIGHT_EMA -> new WeightEMA(.5);
            };
        }
    }

    /** The validation losses, by epoch. */
    private static final double[] LOSSES = {5, 4, 6, 6, 6, 6};

    private final Linear model = new Linear(1, 1);
    private final Path file = folder.resolve("stopped.safetensors");
    private final List<Map<String, Map<String, Object>>> states = new ArrayList<>();
    private Object callback;

    private void given(Saved saved) {
        long[] clock = new long[1];
        callback = saved.callback(clock);
        learner = given(model, Numbers.batches(2), Numbers.batches(1))
                .optimizer(Optimizers.adam())
                .lr(.01)
                .callback("saved", callback)
                .build();
        learner.add("clock", Callbacks.on(AFTER_BATCH, l -> clock[0]++));
        learner.add("losses", Callbacks.on(AFTER_LOSS, 1, l -> {
            if (!l.training()) l.setLoss(torch.full(new long[0], new Scalar(LOSSES[l.epoch()])));
        }));
        try (NoGrad off = NoGrad.enter()) {
            model.parameters().forEach(p -> p.tensor().zero_());
        }
    }

    /** The results of a fit. */
    private String outcome() {
        String outcome =
                Arrays.toString(Tensors.values(model.parameters().get(0).tensor())) + " in epoch " + learner.epoch()
                        + " with " + learner.lr();
        if (callback instanceof ActivationStats stats) outcome += Arrays.toString(stats.means(""));
        if (callback instanceof GradientNormMonitor norms) outcome += Arrays.toString(norms.norms());
        if (callback instanceof LearningRateMonitor rates) outcome += Arrays.toString(rates.lrs(0));
        learner.close();
        return outcome;
    }

    @AfterEach
    void closeModel() {
        model.close();
    }

    private String undisturbed(Saved saved) {
        given(saved);
        learner.fit(6);
        return outcome();
    }

    private void stop(Saved saved) {
        given(saved);
        learner.add("stop", Callbacks.on(AFTER_EPOCH, 100, l -> {
            if (l.epoch() < 2) return;
            states.add(l.callbackStates());
            l.save(file);
            throw CancelFitException.INSTANCE;
        }));
        learner.fit(6);
        learner.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFitResumesWhereItWasStopped(Saved saved) {
        String expected = undisturbed(saved);
        stop(saved);
        given(saved);
        learner.load(file);
        learner.fit(6, fit -> fit.startEpoch(3).resume(states.get(0)));
        assertEquals(expected, outcome());
    }
}
