package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.ParamScheduler;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.ChannelsLast;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.GradientNormMonitor;
import dev.rondo.callback.LearningRateMonitor;
import dev.rondo.data.DataLoader;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.Schedules;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;

/** GradientNormMonitor, LearningRateMonitor and ChannelsLast. */
class MonitorsTest extends Fixture {
    @Test
    void gradientNormsAreThoseBeforeTheStep() {
        GradientNormMonitor norms = new GradientNormMonitor();
        learner(norms, new GradientClip(1));
        learner.fit(1, .01);
        assertClose(norms.norms()[0], Math.hypot(13, 8)); // before clipping
        assertEquals(2, norms.norms().length);
        learner.fit(1, .01);
        assertEquals(2, norms.norms().length); // only the last fit
        norms.close();
        assertEquals(2, norms.norms().length);
    }

    @Test
    void batchesWithoutAStepHaveNoNorm() {
        GradientNormMonitor norms = new GradientNormMonitor();
        build(given(Numbers.batches(4), Numbers.batches(1)));
        learner.add(norms);
        learner.add(new GradientAccumulation(4));
        learner.fit(1, .001);
        assertEquals(2, norms.norms().length);
        norms.close();
    }

    @Test
    void recordsTheRateOfEachGroupAtEachBatch() {
        line.close();
        line = new LinearModel.InTwoGroups();
        LearningRateMonitor rates = new LearningRateMonitor();
        learner(rates, Throw.once(BEFORE_BATCH, 70, l -> l.trainIter() == 1, CancelBatchException.INSTANCE));
        learner.fit(2, fit -> fit.lr(.01, .1)
                .callbacks(new ParamScheduler(Hyper.LR, Schedules.linear(0, .4), Schedules.linear(0, 4))));
        assertClose(rates.lrs(0), 0, .1, .2, .3);
        assertClose(rates.lrs(1), 0, 1, 2, 3);
        Exception e = assertThrows(IllegalArgumentException.class, () -> rates.lrs(2));
        assertEquals("There is no parameter group 2: there are 2.", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> rates.values(Hyper.MOM, 0));
        assertEquals("'mom' is not recorded here; [lr] is.", e.getMessage());
    }

    @Test
    void recordsOtherHyperParametersToo() {
        LearningRateMonitor hypers = new LearningRateMonitor(Hyper.LR, Hyper.MOM);
        build(given().optimizer(Optimizers.sgd(.9, 0)));
        learner.add(hypers);
        learner.fit(1, .01);
        assertClose(hypers.values(Hyper.MOM, 0), .9, .9);
        assertClose(hypers.lrs(0), .01, .01);
        learner.validate();
        assertEquals(2, hypers.lrs(0).length);
    }

    /** As with a checkpoint in the middle of a fit: the values recorded before it are restored. */
    @Test
    void recordedValuesAreSavedAndRestored() {
        GradientNormMonitor norms = new GradientNormMonitor();
        LearningRateMonitor rates = new LearningRateMonitor();
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner(norms, rates, Callbacks.on(AFTER_BATCH, 99, l -> {
            if (l.training()) states.add(l.callbackStates());
        }));
        learner.fit(1, .01);
        double[] first = {norms.norms()[0]};
        learner.fit(0, fit -> fit.resume(states.get(0)));
        assertClose(norms.norms(), first);
        assertClose(rates.lrs(0), .01);
        norms.close();
    }

    @Test
    void statisticsAreSavedAndRestored() {
        ActivationStats stats = new ActivationStats();
        Linear model = new Linear(1, 1);
        try (Learner one = given(model, Numbers.batches(3), Numbers.batches(1))
                .callback("stats", stats)
                .build()) {
            one.fit(1, 0);
            double[] means = stats.means("");
            Map<String, Map<String, Object>> state = one.callbackStates();
            one.fit(1, .1);
            one.fit(0, fit -> fit.resume(state));
            assertClose(stats.means(""), means);
        }
        stats.close();
        model.close();
    }

    // ---- memory format

    /** A convolution in contiguous format. */
    private static final class Images extends Layer {
        private final Tensor kernel = parameter("kernel", torch.randn(4, 3, 3, 3), Parameter.Role.WEIGHT);
        private final TensorOptional none = none();
        private final Linear head = child("head", new Linear(4, 1));

        @Override
        public Tensor forward(Tensor... x) {
            long[] one = {1, 1};
            Tensor y = torch.conv2d(x[0], kernel, none, one, one, one, 1);
            return output(head.forward(y.mean(2, 3)));
        }
    }

    private static DataLoader images() {
        return TensorLoader.of(torch.randn(8, 3, 5, 5), torch.randn(8, 1))
                .batchSize(4)
                .build();
    }

    @Test
    void parametersAndInputsAreChannelsLast() {
        Images model = new Images();
        List<Boolean> last = new ArrayList<>();
        learner = given(model, images(), images()).callbacks(new ChannelsLast()).build();
        learner.add(Callbacks.on(AFTER_PRED, l -> {
            last.add(l.x().is_contiguous(MemoryFormat.ChannelsLast));
            last.add(model.kernel.is_contiguous(MemoryFormat.ChannelsLast));
        }));
        learner.fit(1);
        assertEquals(8, last.size());
        assertTrue(!last.contains(false));
        model.close();
    }

    /** The optimizer's averages of an earlier fit have the other memory format, and fused kernels ignore strides. */
    @Test
    void theMemoryFormatChangesNoNumber_alsoAfterAnEarlierFit() {
        List<float[]> kernels = new ArrayList<>();
        DataLoader data = images();
        for (boolean convert : new boolean[] {false, true}) {
            Torch.seed(3);
            Images model = new Images();
            learner = given(model, data, data).optimizer(Optimizers.sgd(.9, 0)).build();
            learner.fit(1, .01);
            learner.optimizer().clearState(); // as the callback does
            if (convert) learner.add(new ChannelsLast());
            learner.fit(2, .01);
            kernels.add(Tensors.values(model.kernel));
            learner.close();
            model.close();
        }
        for (int i = 0; i < kernels.get(0).length; i++) {
            assertEquals(kernels.get(0)[i], kernels.get(1)[i], 1e-5);
        }
    }
}
